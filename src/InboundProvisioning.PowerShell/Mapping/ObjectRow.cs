using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Text;
using InboundProvisioning.Conversion;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>An object from the pipeline as a row: a property, key or column of a DataTable is a column.</summary>
internal sealed class ObjectRow : Row
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly bool _allowMissing;
    private readonly string[] _keptColumns;
    private RowColumns _columns;
    private PSObject _inputObject;
    private object _baseObject;
    private byte[] _text = new byte[256];
    private int _textColumn = -1;
    private int _textLength;
    private long _objectNumber;

    /// <param name="inputObject">The first object; its properties are the columns.</param>
    /// <param name="allowMissing">Whether a later object may lack a column.</param>
    public ObjectRow(PSObject inputObject, bool allowMissing)
    {
        _allowMissing = allowMissing;
        _inputObject = inputObject;
        _baseObject = inputObject.BaseObject;
        _columns = new RowColumns(NamesOf(inputObject));
        _keptColumns = [.. _columns.Names.Where(static name => !RejectFile.IsReasonColumn(name))];
    }

    public PSObject InputObject => _inputObject;

    public override RowColumns Columns => _columns;

    public override RowPlace Place => new(null, _objectNumber);

    /// <summary>The names of an object's columns.</summary>
    public static IReadOnlyList<string> NamesOf(PSObject inputObject)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        switch (inputObject.BaseObject)
        {
            case IDictionary dictionary:
                foreach (object key in dictionary.Keys)
                {
                    Add(Convert.ToString(key, CultureInfo.InvariantCulture) ?? string.Empty);
                }

                // A hashtable has no order of its own, and another one in each process.
                if (dictionary is Hashtable)
                {
                    names.Sort(StringComparer.Ordinal);
                }

                break;
            case DataRow row:
                foreach (DataColumn column in row.Table.Columns)
                {
                    Add(column.ColumnName);
                }

                break;
            default:
                foreach (PSPropertyInfo property in inputObject.Properties)
                {
                    Add(property.Name);
                }

                break;
        }

        return names;

        void Add(string name)
        {
            if (seen.Add(name))
            {
                names.Add(name);
            }
        }
    }

    /// <summary>Takes the next object.</summary>
    public void SetInput(PSObject inputObject, long objectNumber)
    {
        _inputObject = inputObject;
        _baseObject = inputObject.BaseObject;
        _objectNumber = objectNumber;
        _textColumn = -1;
    }

    /// <summary>Takes the columns of the current object, if they are others than before.</summary>
    /// <param name="mapped">Columns that the mapping names: one that the object lacks stays a column, whose value is a fault.</param>
    /// <returns>Whether they are.</returns>
    public bool UpdateColumns(IEnumerable<string> mapped)
    {
        IReadOnlyList<string> names = NamesOf(_inputObject);
        if (!_allowMissing)
        {
            names = [.. names.Union(mapped, ColumnName.Comparer)];
        }

        bool isSame = names.SequenceEqual(_columns.Names, StringComparer.Ordinal);
        if (!isSame)
        {
            _columns = new RowColumns(names);
        }

        return !isSame;
    }

    /// <summary>The values of the columns of the first object, as the text that a CSV file would hold.</summary>
    public override SourceRecord Source()
    {
        string?[] texts = new string?[_keptColumns.Length];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = TextOf(_keptColumns[i]);
        }

        return new SourceRecord(texts);
    }

    public override bool TryGetText(int column, out ReadOnlySpan<byte> utf8)
    {
        if (_textColumn == column)
        {
            utf8 = _text.AsSpan(0, _textLength);
            return true;
        }

        if (GetValue(column) is string text && TryEncode(text))
        {
            _textColumn = column;
            utf8 = _text.AsSpan(0, _textLength);
            return true;
        }

        utf8 = default;
        return false;
    }

    public override object? GetValue(int column)
    {
        string name = _columns.Names[column];
        return TryGet(name, out object? value) || _allowMissing ? value : throw Missing(name);
    }

    /// <summary>Looks for columns that a script is going to read from the object itself.</summary>
    /// <exception cref="RowExpressionException">The object lacks one, and that is not allowed.</exception>
    public void Require(IEnumerable<string> columns)
    {
        if (_allowMissing)
        {
            return;
        }

        foreach (string column in columns)
        {
            if (!Has(column))
            {
                throw _columns.IndexOf(column) is >= 0 and int index && Has(_columns.Names[index]) ? Hidden(column, _columns.Names[index]) : Missing(column);
            }
        }
    }

    private static RowExpressionException Missing(string column)
    {
        string message = $"The object has no '{column}', which the first one has. -AllowMissingColumn takes it as null.";
        return new RowExpressionException(message, new ItemNotFoundException(message));
    }

    // A script block reads the object itself, where names are taken as they are.
    private static RowExpressionException Hidden(string column, string name)
    {
        string message = $"A script block reads '{ColumnName.Plain(column)}'. The name of that property holds {ColumnName.HiddenCharacters(name + column)}, so the script block does not find it. "
            + "Rename the property, with Select-Object for instance, or have the mapping name it as a column.";
        return new RowExpressionException(message, new ItemNotFoundException(message));
    }

    private bool Has(string column) => _baseObject switch
    {
        IDictionary dictionary => TryFind(dictionary, column, out _),
        DataRow row => row.Table.Columns.Contains(column),
        _ => _inputObject.Properties[column] is not null,
    };

    private string? TextOf(string column)
    {
        try
        {
            return TryGet(column, out object? value) ? Text(value) : null;
        }
        catch (RowExpressionException)
        {
            // A property that cannot be read, most likely why the row is rejected.
            return null;
        }
    }

    private static string? Text(object? value) => value is DateTime or DateTimeOffset
        ? ((IFormattable)value).ToString("o", CultureInfo.InvariantCulture)
        : Convert.ToString(value, CultureInfo.InvariantCulture);

    private bool TryGet(string name, out object? value)
    {
        bool found;
        switch (_baseObject)
        {
            case IDictionary dictionary:
                found = TryFind(dictionary, name, out value);
                break;
            case DataRow row:
                found = row.Table.Columns.Contains(name);
                value = found ? row[name] : null;
                break;
            default:
                PSPropertyInfo? property = _inputObject.Properties[name];
                found = property is not null;
                value = found ? PowerShellValue.ValueOf(property!) : null;
                break;
        }

        value = PowerShellValue.Unwrap(value);
        return found;
    }

    private static bool TryFind(IDictionary dictionary, string name, out object? value)
    {
        if (dictionary.Contains(name))
        {
            value = dictionary[name];
            return true;
        }

        foreach (DictionaryEntry entry in dictionary)
        {
            if (string.Equals(Convert.ToString(entry.Key, CultureInfo.InvariantCulture), name, StringComparison.OrdinalIgnoreCase))
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    private bool TryEncode(string text)
    {
        int most = StrictUtf8.GetMaxByteCount(text.Length);
        if (_text.Length < most)
        {
            _text = new byte[most];
        }

        try
        {
            _textLength = StrictUtf8.GetBytes(text, 0, text.Length, _text, 0);
            return true;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
