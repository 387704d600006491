using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>A column that a <see cref="TextExpression"/> reads.</summary>
internal sealed class TextColumn
{
    private readonly string _name;
    private int _index = -1;

    public TextColumn(string name)
    {
        _name = name;
    }

    public void Bind(RowColumns columns) => _index = columns.IndexOf(_name);

    /// <summary>Whether the row has a text there.</summary>
    public bool IsText(Row row) => _index >= 0 && row.GetValue(_index) is string;

    /// <summary>The text, or null where a file has no such column or field.</summary>
    public string? Read(Row row) => _index < 0 ? null : (string?)row.GetValue(_index);
}
