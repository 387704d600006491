using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Comparison;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Commands;

/// <summary>Compares two payloads person by person: who is new, who is gone, and which attributes of whom are others.</summary>
[Cmdlet(VerbsData.Compare, "ScimBulkPayload", DefaultParameterSetName = PathSet)]
[OutputType(typeof(PayloadDifference))]
public sealed class CompareScimBulkPayloadCommand : AsyncCmdlet
{
    private const string PathSet = "Path";
    private const string InputObjectSet = "InputObject";
    private const string PayloadFiles = "*.json";

    private readonly BulkRequestLines _lines = new(InputObjectSet);
    private PayloadComparison? _comparison;

    /// <summary>The first payload: files, wildcards are allowed, or folders, whose *.json are taken.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ReferencePath { get; set; } = [];

    /// <summary>The second payload: files, wildcards are allowed, or folders, whose *.json are taken.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = PathSet)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] DifferencePath { get; set; } = [];

    /// <summary>The second payload as strings, as ConvertTo-ScimBulkPayload gives it.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    [AllowEmptyString]
    public string[] InputObject { get; set; } = [];

    /// <summary>Tells of people who are the same in both, too.</summary>
    [Parameter]
    public SwitchParameter IncludeEqual { get; set; }

    /// <summary>Reads the first payload.</summary>
    protected override void BeginProcessing() => Guard(() =>
    {
        _comparison = new PayloadComparison(fault => WriteFault(fault));
        foreach (BulkRequestDocument document in Documents(ReferencePath))
        {
            _comparison.AddReference(document);
        }
    });

    /// <summary>Compares.</summary>
    protected override void ProcessRecord() => Guard(() =>
    {
        foreach (BulkRequestDocument document in ParameterSetName == PathSet ? Documents(DifferencePath) : InputObject.SelectMany(_lines.Append))
        {
            Compare(document);
        }
    });

    /// <summary>Tells who is gone.</summary>
    protected override void EndProcessing() => Guard(() =>
    {
        if (_lines.Complete() is { } cutOff)
        {
            Compare(cutOff);
        }

        WriteObject(_comparison!.Gone(), enumerateCollection: true);
    });

    private void Compare(BulkRequestDocument document)
    {
        foreach (PayloadDifference difference in _comparison!.Compare(document))
        {
            if (IncludeEqual || difference.Kind != PayloadDifferenceKind.Equal)
            {
                WriteObject(difference);
            }
        }
    }

    private IEnumerable<BulkRequestDocument> Documents(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            string files = Directory.Exists(FilePaths.ResolveLiteral(this, path)) ? Path.Combine(WildcardPattern.Escape(path), PayloadFiles) : path;
            foreach (BulkRequestDocument document in FilePaths.Resolve(this, files).SelectMany(PayloadFile.Read))
            {
                StopToken.ThrowIfCancellationRequested();
                yield return document;
            }
        }
    }
}
