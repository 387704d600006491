using System.Collections.Generic;

namespace InboundProvisioning.Mapping;

/// <summary>
/// The names of the columns of a source, in order. Names match without regard to case, as in PowerShell, and by what can be seen
/// of them (<see cref="ColumnName"/>).
/// </summary>
public sealed class RowColumns
{
    private readonly Dictionary<string, int> _indexes;

    /// <param name="names">The names.</param>
    /// <param name="spelled">The names as the source spells them, where that is not the same.</param>
    /// <param name="ownCount">How many of them are the source's own; null: all. The others reach into the values of these.</param>
    /// <exception cref="InboundProvisioningException"><c>RepeatedColumn</c>: two of them count as the same.</exception>
    public RowColumns(IReadOnlyList<string> names, IReadOnlyList<string>? spelled = null, int? ownCount = null)
    {
        Names = names;
        Spelled = spelled ?? names;
        OwnCount = ownCount ?? names.Count;
        _indexes = new Dictionary<string, int>(names.Count, ColumnName.Comparer);
        for (int i = 0; i < names.Count; i++)
        {
            if (IndexOf(names[i]) is >= 0 and int first)
            {
                throw new InboundProvisioningException("RepeatedColumn", FaultKind.InvalidData, Repeated(names, first, i), names[i]);
            }

            _indexes.Add(names[i], i);
        }
    }

    /// <summary>The names, in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The names as the source spells them.</summary>
    public IReadOnlyList<string> Spelled { get; }

    /// <summary>How many of the first names are columns of their own.</summary>
    public int OwnCount { get; }

    /// <summary>The index of a column, from 0, or -1 when there is none of that name.</summary>
    public int IndexOf(string name) => _indexes.TryGetValue(name, out int index) ? index : -1;

    /// <summary>Says that a name occurs twice, and why it is the same where that cannot be seen.</summary>
    internal static string Repeated(IReadOnlyList<string> names, int first, int second)
    {
        string hidden = ColumnName.HiddenCharacters(names[first] + names[second]);
        string why = hidden.Length > 0 ? $" once {hidden} count as a plain blank or as nothing," : string.Empty;
        return $"The column '{ColumnName.Plain(names[second])}' occurs twice,{why} as columns {first + 1} and {second + 1}. Give each column a name of its own.";
    }
}
