using System;
using System.Collections.Generic;
using System.Linq;

namespace InboundProvisioning.Schema;

/// <summary>
/// Makes a schema of one job fit another: the ids that belong to a job are those of the job it goes to, found by the names of
/// directories and rules. Everything else goes as it stands in the file.
/// </summary>
public sealed class SchemaImport
{
    private readonly SchemaText _file;
    private readonly SchemaText _target;
    private readonly SchemaEdits _edits;
    private readonly List<string> _rewritten = [];

    private SchemaImport(ProvisioningSchema file, ProvisioningSchema target)
    {
        _file = file.Text;
        _target = target.Text;
        _edits = new SchemaEdits(_file);
    }

    /// <summary>The schema to send.</summary>
    public required ProvisioningSchema Schema { get; init; }

    /// <summary>The ids that were rewritten, a line each.</summary>
    public required IReadOnlyList<string> RewrittenIds { get; init; }

    /// <summary>Makes a schema fit a job.</summary>
    /// <param name="file">The schema to import.</param>
    /// <param name="target">The schema that the job has.</param>
    /// <exception cref="InboundProvisioningException"><c>SchemaOfOtherTemplate</c>: its rules go between other directories.</exception>
    public static SchemaImport Fit(ProvisioningSchema file, ProvisioningSchema target)
    {
        var import = new SchemaImport(file, target) { Schema = file, RewrittenIds = [] };
        import.RequireSameTemplate();
        import.RewriteIds();
        import._edits.RemoveContext();
        return new SchemaImport(file, target) { Schema = new ProvisioningSchema(import._edits.Apply()), RewrittenIds = import._rewritten };
    }

    // What a template sets, and no one edits: which directory goes to which.
    private void RequireSameTemplate()
    {
        List<string> ofFile = Ways(_file);
        List<string> ofTarget = Ways(_target);
        if (!ofFile.SequenceEqual(ofTarget, StringComparer.Ordinal))
        {
            throw new InboundProvisioningException(
                "SchemaOfOtherTemplate",
                FaultKind.InvalidData,
                $"The file's rules go from {string.Join(", ", ofFile)}, those of the job from {string.Join(", ", ofTarget)}: the schema is that of another template. "
                    + "Import it into a job of the same kind.");
        }
    }

    private static List<string> Ways(SchemaText text) =>
    [
        .. text.Items(text.Root, "synchronizationRules")
            .Select(rule => $"'{text.Text(rule, "sourceDirectoryName")}' to '{text.Text(rule, "targetDirectoryName")}'")
            .Distinct()
            .OrderBy(static way => way, StringComparer.Ordinal),
    ];

    private void RewriteIds()
    {
        Rewrite("schema", _file.Root, _target.Root);

        // The service counts the version up with each change: that of the file says nothing about this job.
        Rewrite("version of the schema", _file.Root, _target.Root, "version");
        foreach (SchemaNode directory in _file.Items(_file.Root, "directories"))
        {
            string? name = _file.Text(directory, "name");
            Rewrite($"directory '{name}'", directory, Only(_target.Items(_target.Root, "directories"), other => _target.Text(other, "name") == name));
        }

        foreach (SchemaNode rule in _file.Items(_file.Root, "synchronizationRules"))
        {
            string? name = _file.Text(rule, "name");
            string? source = _file.Text(rule, "sourceDirectoryName");
            string? target = _file.Text(rule, "targetDirectoryName");
            IReadOnlyList<SchemaNode> rules = _target.Items(_target.Root, "synchronizationRules");
            bool GoesTheSameWay(SchemaNode other) =>
                _target.Text(other, "sourceDirectoryName") == source && _target.Text(other, "targetDirectoryName") == target;
            Rewrite(
                $"rule '{name}'",
                rule,
                Only(rules, other => GoesTheSameWay(other) && _target.Text(other, "name") == name) ?? Only(rules, GoesTheSameWay));
        }
    }

    private static SchemaNode? Only(IEnumerable<SchemaNode> nodes, Func<SchemaNode, bool> isMeant)
    {
        List<SchemaNode> found = [.. nodes.Where(isMeant)];
        return found.Count == 1 ? found[0] : null;
    }

    private void Rewrite(string what, SchemaNode node, SchemaNode? counterpart, string property = "id")
    {
        if (counterpart is not null
            && _target.Find(counterpart, property) is SchemaNode id
            && _target.Text(id) is string now
            && _file.Text(node, property) is string old
            && old != now)
        {
            _edits.Set(node, property, _target.Span(id).ToArray());
            _rewritten.Add($"{what}: {old} -> {now}");
        }
    }
}
