using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using InboundProvisioning.Csv;

namespace InboundProvisioning.Proposal;

/// <summary>What the columns of a file look like. The file is read once, from beginning to end, and none of it is kept but some values of a few columns.</summary>
internal sealed class FileProfile
{
    private const int Sample = 10_000;
    private const int MostKeys = 6;
    private const int MostReferences = 4;
    private const string ManagerTarget = "enterprise.manager.value";

    private static readonly string[] KeyTargets = ["externalId", "userName", "emails.work.value"];

    private FileProfile(CsvFile file)
    {
        Columns = [.. file.Columns.Names.Select(static name => new ColumnProfile(name))];
        UnnamedColumns = file.UnnamedColumns;
    }

    /// <summary>The columns, in order.</summary>
    public IReadOnlyList<ColumnProfile> Columns { get; }

    public int UnnamedColumns { get; }

    /// <summary>The rows that could be read.</summary>
    public long Rows { get; private set; }

    /// <summary>The rows that could not.</summary>
    public long UnreadRows { get; private set; }

    /// <summary>How many columns of the last row have a value, and the first of these values.</summary>
    public (int Filled, string Text) LastRow { get; private set; }

    /// <summary>
    /// Whether the last row looks like a line of totals: a value or two, where others have many, and not just what each row has.
    /// </summary>
    public bool EndsWithTotal => Rows > 2 && LastRow.Filled is > 0 and <= 2 && Columns.Count >= 6
        && Columns.Sum(static column => column.Filled) > Rows * (Columns.Count / 2);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InboundProvisioningException">The header cannot be used, or the rest of the file cannot be read.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static FileProfile Read(string path, CsvFileOptions options, CancellationToken cancellationToken)
    {
        using CsvFile file = CsvFile.Open(path, options);
        var profile = new FileProfile(file);
        using var rows = new CsvReadAhead<CsvBatch>(file, path, () => new CsvBatch(file.Columns.Names.Count), cancellationToken);
        while (rows.Read())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rows.Fault is not null)
            {
                profile.UnreadRows++;
                continue;
            }

            profile.Rows++;
            int filled = 0;
            int first = -1;
            for (int i = 0; i < profile.Columns.Count; i++)
            {
                ReadOnlySpan<byte> text = rows.Row.TryGetText(i, out ReadOnlySpan<byte> value) ? value : default;
                profile.Columns[i].Add(text);
                if (text.Length > 0)
                {
                    filled++;
                    first = first < 0 ? i : first;
                }
            }

            // Only a row that can be a total is taken as text.
            profile.LastRow = (filled, filled is 1 or 2 && rows.Row.TryGetText(first, out ReadOnlySpan<byte> shown) ? Encoding.UTF8.GetString(shown.ToArray()) : string.Empty);

            if (profile.Rows == Sample)
            {
                profile.Narrow();
            }
        }

        return profile;
    }

    /// <summary>Of the different values of a column, how many are values of another one.</summary>
    public static (int Found, int Of) Refers(ColumnProfile column, ColumnProfile key)
    {
        if (column.Values is not { } values || key.Values is not { } keys)
        {
            return (0, 0);
        }

        return (values.Values.Count(keys.Contains), values.Count);
    }

    // From here on the values of a few columns are followed: those that can be the key of a person, and those that can name the manager by it.
    private void Narrow()
    {
        HashSet<ColumnProfile> keys = [.. Columns.Where(static column => column.IsNearlyUnique && !column.Dates.IsDate).OrderByDescending(KeyScore).Take(MostKeys)];
        HashSet<ColumnProfile> references =
        [
            .. Columns.Where(column => !keys.Contains(column) && (column.Scores.ContainsKey(ManagerTarget) || keys.Any(key => IsLikely(Refers(column, key)))))
                .OrderByDescending(static column => column.Scores.ContainsKey(ManagerTarget))
                .Take(MostReferences),
        ];
        foreach (ColumnProfile column in Columns)
        {
            column.Narrow(keys.Contains(column) || references.Contains(column));
        }
    }

    private static bool IsLikely((int Found, int Of) refers) => refers.Of > 1 && refers.Found * 5 >= refers.Of;

    private static int KeyScore(ColumnProfile column) => KeyTargets.Max(target => column.Scores.TryGetValue(target, out int score) ? score : 0);
}
