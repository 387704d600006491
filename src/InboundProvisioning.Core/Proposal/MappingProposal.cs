using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using InboundProvisioning.Csv;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Proposal;

/// <summary>An attribute mapping that is proposed for a CSV file, by the names of its columns and by what its values look like.</summary>
public sealed class MappingProposal
{
    /// <summary>The URN of the extension where none is given.</summary>
    public const string DefaultUrn = "urn:ietf:params:scim:schemas:extension:hr:1.0:User";

    private readonly ProposalLines _lines;
    private readonly string _urn;

    private MappingProposal(string path, CsvLayout layout, FileProfile profile, string urn, bool mapsLeftOver)
    {
        Layout = layout;
        _urn = urn;
        _lines = new ProposalLines(profile, mapsLeftOver);
        IsTrimmed = profile.Columns.Any(static column => column.Padded > 0);
        Text = new MappingWriter(Path.GetFileName(path), layout, profile, _lines, urn, IsTrimmed).Write();
        Warnings = [.. FileWarnings(path, layout, profile), .. _lines.All.Select(static line => line.Warning).OfType<string>()];
        Rows = profile.Rows;
    }

    /// <summary>How the file is written.</summary>
    public CsvLayout Layout { get; }

    /// <summary>The rows of the file that could be read.</summary>
    public long Rows { get; }

    /// <summary>Whether values have white space around them, which -Trim takes off.</summary>
    public bool IsTrimmed { get; }

    /// <summary>The mapping as a .psd1 file has it, with comments.</summary>
    public string Text { get; }

    /// <summary>What must be looked at, one sentence or two each.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The lines in the order of the mapping, and then the columns that are left over.</summary>
    public IReadOnlyList<AttributeProposal> Attributes => [.. _lines.All.Select(line => new AttributeProposal
    {
        Attribute = line.Target?.PathOf(_urn),
        Column = line.Column?.Name,
        Confidence = line.Confidence,
        Check = line.Check,
        Reason = line.Reason,
        Example = line.Column?.Example,
        Mapping = line.Expression,
    })];

    /// <summary>Reads a file, all of it, and proposes a mapping.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How it is written, as far as the user says.</param>
    /// <param name="findsHeaderRow">Whether the line of the header is to be found out; else it is that of the options.</param>
    /// <param name="urn">The URN for columns that SCIM has no attribute for; null for <see cref="DefaultUrn"/>, and for columns that are left over as comments.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="InboundProvisioningException">The file has no header or one that cannot be used, or the URN is none.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static MappingProposal Create(string path, CsvFileOptions options, bool findsHeaderRow, string? urn, CancellationToken cancellationToken)
    {
        if (urn is not null)
        {
            ScimName.RequireUrn(urn);
            if (ScimSchemas.Find(urn) is not null)
            {
                throw new InboundProvisioningException(
                    "InvalidSchemaUrn", FaultKind.InvalidArgument, $"'{urn}' is a schema of SCIM, whose attributes are fixed. Give a URN of your own, such as {DefaultUrn}.", urn);
            }
        }

        CsvLayout layout = CsvLayout.Find(path, options, findsHeaderRow);
        FileProfile profile = FileProfile.Read(path, layout.Options with { AllowRaggedRow = false }, cancellationToken);
        return new MappingProposal(path, layout, profile, urn ?? DefaultUrn, urn is not null);
    }

    // Numbers, dates and e-mail addresses are no names.
    private static bool LooksLikeData(FileProfile profile) => profile.Columns.Count(static column =>
        column.Name.All(static letter => letter is >= '0' and <= '9') || column.Name.Contains('@') || DateForms.Match(column.Name.AsSpan(), out _) != 0) * 4 >= profile.Columns.Count;

    private static IEnumerable<string> FileWarnings(string path, CsvLayout layout, FileProfile profile)
    {
        if (layout.Parameters.Length > 0)
        {
            string letters = layout.IsEncodingGuessed ? " Look at letters such as ä, é or ł in the output, and give another -Encoding where they are wrong." : string.Empty;
            yield return $"{path} was read with{layout.Parameters}: {layout.Found}. Give the other cmdlets the same parameters.{letters}";
        }

        if (LooksLikeData(profile))
        {
            yield return $"{path}: what was taken for the names of the columns looks like data. Give -HeaderRow, or put a line with names above.";
        }

        if (profile.UnnamedColumns > 0)
        {
            yield return $"{path}: {CandidateWeighing.Words(profile.UnnamedColumns, "column has no name in the header; it is called H1.", "columns have no name in the header; they are called H1 and so on.")}";
        }

        if (profile.UnreadRows > 0)
        {
            yield return $"{path}: {CandidateWeighing.Words(profile.UnreadRows, "row cannot be read and was", "rows cannot be read and were")} not looked at. ConvertTo-ScimBulkPayload says why.";
        }

        if (profile.EndsWithTotal)
        {
            yield return $"{path}: the last row looks like a line of totals: it has {CandidateWeighing.Words(profile.LastRow.Filled, "value", "values")} in {profile.Columns.Count} columns, the first of them {ShownValue.Quote(profile.LastRow.Text)}. If it is no person, give -SkipLast 1, here and to the other cmdlets.";
        }

        if (profile.Rows == 0)
        {
            yield return $"{path} has a header and no rows: the mapping is proposed by the names of the columns alone.";
        }
    }
}
