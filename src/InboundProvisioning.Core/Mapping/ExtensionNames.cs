using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping;

/// <summary>
/// The names that columns have below the URN of an extension: their own, or the one that <c>-ScimName</c> gives a column whose own
/// name SCIM does not allow. Columns match as <see cref="ColumnName"/> says.
/// </summary>
public sealed class ExtensionNames
{
    private readonly Dictionary<string, string> _given;

    /// <summary>Takes the names that are given.</summary>
    /// <param name="given">The name below the URN for each column that is not to go under its own.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidAttributeName</c>: a given name is none either.</exception>
    public ExtensionNames(IReadOnlyDictionary<string, string> given)
    {
        _given = new Dictionary<string, string>(ColumnName.Comparer);
        foreach (KeyValuePair<string, string> entry in given)
        {
            _given[entry.Key] = ScimName.IsAttributeName(entry.Value)
                ? entry.Value
                : throw new InboundProvisioningException(
                    "InvalidAttributeName",
                    FaultKind.InvalidArgument,
                    $"-ScimName gives the column '{entry.Key}' the name '{entry.Value}', which is none either: {Rule}.{Example([entry.Value], entry.Key)}",
                    entry.Value);
        }
    }

    /// <summary>Each column under its own name.</summary>
    public static ExtensionNames Own { get; } = new(new Dictionary<string, string>());

    private static string Rule => "SCIM allows a letter, then letters (a to z), digits, $, - and _ (RFC 7643, section 2.1)";

    /// <summary>The name of a column below the URN; one that SCIM does not allow where none is given for it.</summary>
    public string Of(string column) => Given(column) ?? ColumnName.Plain(column);

    /// <summary>The name that is given for a column, or null.</summary>
    public string? Given(string column) => _given.TryGetValue(column, out string? name) ? name : null;

    /// <summary>The columns that a name is given for, and that are not among some.</summary>
    /// <param name="columns">The columns of all the files, or of the input objects.</param>
    public IReadOnlyList<string> Unused(IEnumerable<string> columns) => [.. _given.Keys.Except(columns, ColumnName.Comparer)];

    /// <summary>Refuses columns that no attribute of a schema can be named for.</summary>
    /// <param name="columns">The columns that go under the URN.</param>
    /// <param name="source">Where they are: the path of a file, or words.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidAttributeName</c>, <c>RepeatedAttribute</c>; each says the way on.</exception>
    public void Require(IEnumerable<string> columns, string source)
    {
        List<string> invalid = [.. columns.Where(column => !ScimName.IsAttributeName(Of(column)))];
        if (invalid.Count > 0)
        {
            throw new InboundProvisioningException("InvalidAttributeName", FaultKind.InvalidArgument, $"{source}: {Refusal(invalid)}", invalid[0]);
        }

        foreach (IGrouping<string, string> same in columns.GroupBy(Of, StringComparer.OrdinalIgnoreCase).Where(static group => group.Count() > 1))
        {
            throw new InboundProvisioningException(
                "RepeatedAttribute",
                FaultKind.InvalidArgument,
                $"{source}: the columns {List(same)} would all go under the name '{same.Key}'. Give each a name of its own with -ScimName.",
                same.Key);
        }
    }

    /// <summary>Why columns cannot be sent or registered under their names, and the way on.</summary>
    internal static string Refusal(IReadOnlyList<string> columns) =>
        $"{List(columns)} {(columns.Count == 1 ? "is no name" : "are no names")} that an attribute of a schema can have: {Rule}.{Example(columns)}";

    private static string List(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"'{name}'"));

    private static string Example(IReadOnlyList<string> names, string? column = null)
    {
        List<string> entries = [.. names.Select(name => ScimName.Propose(name) is string proposed ? $"{Quote(column ?? name)} = '{proposed}'" : null).OfType<string>().Distinct()];
        return entries.Count == 0
            ? " Give a name in place of each with -ScimName, the same for Set-ProvisioningSchemaExtension and ConvertTo-ScimBulkPayload."
            : $" Give names in their place, the same for Set-ProvisioningSchemaExtension and ConvertTo-ScimBulkPayload: -ScimName @{{ {string.Join("; ", entries)} }}";
    }

    private static string Quote(string name) => "'" + name.Replace("'", "''") + "'";
}
