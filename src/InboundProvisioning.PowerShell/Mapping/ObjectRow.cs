using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
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
    private readonly bool _keepsValues;
    private RowColumns _columns;
    private PSObject _inputObject;
    private PSObject? _scriptObject;
    private object _baseObject;
    private byte[] _text = new byte[256];
    private int _textColumn = -1;
    private int _textLength;
    private long _objectNumber;

    // The value of each column, and the number of the object whose it is.
    private (long Number, object? Value)[] _values;

    /// <param name="inputObject">The first object; its properties are the columns.</param>
    /// <param name="mapped">The columns that the mapping names: one such as work.email, which the object does not have, reaches into others.</param>
    /// <param name="allowMissing">Whether a later object may lack a column.</param>
    /// <param name="keepsValues">Whether a value is asked for once: no script runs that could change the object.</param>
    public ObjectRow(PSObject inputObject, IReadOnlyList<string> mapped, bool allowMissing, bool keepsValues = false)
    {
        _allowMissing = allowMissing;
        _keepsValues = keepsValues;
        _inputObject = inputObject;
        _baseObject = inputObject.BaseObject;
        _columns = ColumnsOf(NamesOf(inputObject), mapped);
        _keptColumns = [.. _columns.Names.Where(static name => !RejectFile.IsReasonColumn(name))];
        _values = new (long, object?)[_columns.Names.Count];
    }

    /// <summary>The object as script blocks see it: itself, or a copy where white space around texts is taken off.</summary>
    public PSObject ScriptObject => _scriptObject ??= Trims && HasSurroundingSpace() ? TrimmedCopy() : _inputObject;

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
        _scriptObject = null;
        _baseObject = inputObject.BaseObject;
        _objectNumber = objectNumber;
        _textColumn = -1;
    }

    /// <summary>Takes the columns of the current object, if they are others than before.</summary>
    /// <param name="mapped">Columns that the mapping names: one that the object lacks stays a column, whose value is a fault.</param>
    /// <returns>Whether they are.</returns>
    public bool UpdateColumns(IReadOnlyList<string> mapped)
    {
        RowColumns columns = ColumnsOf(NamesOf(_inputObject), mapped);
        if (!_allowMissing)
        {
            columns = new RowColumns([.. columns.Names.Union(mapped, ColumnName.Comparer)], ownCount: columns.OwnCount);
        }

        bool isSame = columns.Names.SequenceEqual(_columns.Names, StringComparer.Ordinal);
        if (!isSame)
        {
            _columns = columns;
            _values = new (long, object?)[columns.Names.Count];
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
        if (_keepsValues && _values[column].Number == _objectNumber)
        {
            return _values[column].Value;
        }

        string name = _columns.Names[column];
        object? value = TryGet(name, out object? found) || _allowMissing ? found : throw Missing(name);
        _values[column] = (_objectNumber, value);
        return value;
    }

    /// <summary>A value inside that of a column, as script blocks see it: of <c>$_.work.mail</c>, what mail is.</summary>
    /// <param name="column">The column.</param>
    /// <param name="steps">The names and numbers of what is on the way.</param>
    /// <returns>Null where there is no such value.</returns>
    public object? GetNested(string column, IReadOnlyList<object> steps) =>
        PropertyPath.TryGetOwn(ScriptObject, column, out object? value) ? PropertyPath.Follow(value, steps) : null;

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
                throw SpelledName(column) is string spelled ? Hidden(column, spelled) : Missing(column);
            }
        }
    }

    private RowColumns ColumnsOf(IReadOnlyList<string> names, IReadOnlyList<string> mapped)
    {
        var own = new RowColumns(names);
        string[] reaching = [.. mapped.Where(name => own.IndexOf(name) < 0 && PropertyPath.IsPath(name) && PropertyPath.TryGet(_inputObject, name, out _))];
        return reaching.Length == 0 ? own : new RowColumns([.. names, .. reaching], ownCount: names.Count);
    }

    private bool HasSurroundingSpace() => NamesOf(_inputObject).Any(name =>
        PropertyPath.TryGetOwn(_inputObject, name, out object? value) && !ReferenceEquals(TrimmedValue.Of(value), value));

    // $_['Column'] finds in it what it finds in the object itself.
    private PSObject TrimmedCopy()
    {
        if (_baseObject is IDictionary dictionary)
        {
            return PSObject.AsPSObject(TrimmedValue.Of(dictionary)!);
        }

        if (_baseObject is DataRow)
        {
            var members = new OrderedDictionary(StringComparer.OrdinalIgnoreCase);
            foreach (string name in NamesOf(_inputObject))
            {
                PropertyPath.TryGetOwn(_inputObject, name, out object? value);
                members.Add(name, TrimmedValue.Of(value));
            }

            return PSObject.AsPSObject(members);
        }

        var copy = new PSObject();
        foreach (string name in NamesOf(_inputObject))
        {
            PropertyPath.TryGetOwn(_inputObject, name, out object? value);
            copy.Properties.Add(new PSNoteProperty(name, TrimmedValue.Of(value)));
        }

        return copy;
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
        IDictionary dictionary => PropertyPath.TryFind(dictionary, column, out _),
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

    // How the current object spells a column: the first one may have had a no-break space where this one has a blank.
    private string? SpelledName(string column) => NamesOf(_inputObject).FirstOrDefault(name => ColumnName.Comparer.Equals(name, column));

    private bool TryGet(string name, out object? value)
    {
        bool found = PropertyPath.TryGetOwn(_inputObject, name, out value)
            || (PropertyPath.IsPath(name) && PropertyPath.TryGet(_inputObject, name, out value))
            || (SpelledName(name) is string spelled && PropertyPath.TryGetOwn(_inputObject, spelled, out value));
        if (Trims)
        {
            value = TrimmedValue.Of(value);
        }

        return found;
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
