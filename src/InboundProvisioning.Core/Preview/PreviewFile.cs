using System;
using System.IO;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Preview;

/// <summary>The rows of a CSV file, one after the other.</summary>
public sealed class PreviewFile : IDisposable
{
    private readonly CsvFile _file;

    private PreviewFile(CsvFile file)
    {
        _file = file;
    }

    /// <summary>The columns.</summary>
    public RowColumns Columns => _file.Columns;

    /// <summary>The number of the current row, from 1; the header does not count.</summary>
    public long Number { get; private set; }

    /// <summary>The current row, when <see cref="Fault"/> is null.</summary>
    public Row Row => _file.Row;

    /// <summary>What is wrong with the current row, or null.</summary>
    public RowFault? Fault => _file.Fault;

    /// <summary>Where the current row stands.</summary>
    public RowPlace Place => _file.Place;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InboundProvisioningException">It has no usable header.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PreviewFile Open(string path, CsvFileOptions options) => new(CsvFile.Open(path, options));

    /// <summary>Moves to the next row, good or bad.</summary>
    /// <exception cref="InboundProvisioningException">The rest of the file cannot be read.</exception>
    public bool Read()
    {
        if (!_file.Read())
        {
            return false;
        }

        Number++;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
