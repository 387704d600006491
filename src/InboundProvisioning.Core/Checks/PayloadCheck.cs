using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Checks;

/// <summary>
/// Checks the records of bulk requests against what is published of the directory, document by document, and at the end against each other. Not for
/// several threads at a time.
/// </summary>
public sealed class PayloadCheck
{
    private const int MostInCircle = 5;

    private readonly UserChecker _checker;
    private readonly PersonIndex _people = new();

    /// <param name="options">What it goes by.</param>
    public PayloadCheck(CheckOptions options)
    {
        _checker = new UserChecker(options);
    }

    /// <summary>Records so far.</summary>
    public long Records { get; private set; }

    /// <summary>Findings so far that are errors.</summary>
    public long Errors { get; private set; }

    /// <summary>Findings so far that are warnings.</summary>
    public long Warnings { get; private set; }

    /// <summary>Checks the records of a document.</summary>
    /// <param name="document">The document, without a fault.</param>
    /// <param name="found">Takes each finding.</param>
    public void Check(BulkRequestDocument document, Action<PayloadFinding> found)
    {
        ReadOnlySpan<byte> json = document.Json;
        var reader = new Utf8JsonReader(json);
        int operation = document.FirstOperation - 1;
        while (BulkRequestUsers.MoveToNext(ref reader, ref operation))
        {
            Records++;
            CheckedUser person = _checker.Check(ref reader, json);
            string? externalId = null;
            foreach (UserFinding finding in person.Findings)
            {
                externalId ??= person.ExternalIdText;
                Tell(finding, externalId, document, operation, found);
            }

            if (!person.ExternalId.IsEmpty)
            {
                Compare(person, document, operation, found);
            }
        }
    }

    /// <summary>Checks the records against each other, when all are there.</summary>
    /// <param name="found">Takes each finding.</param>
    public void Complete(Action<PayloadFinding> found)
    {
        if (_checker.Applies(CheckRules.ManagerUnknown))
        {
            foreach ((string externalId, string manager) in _people.WithoutManager())
            {
                Tell(OfManager(CheckRules.ManagerUnknown, $": '{manager}'"), externalId, null, 0, found);
            }
        }

        if (_checker.Applies(CheckRules.ManagerCircle))
        {
            foreach (IReadOnlyList<string> circle in _people.Circles())
            {
                Tell(OfManager(CheckRules.ManagerCircle, $": {Shown(circle)}"), circle[0], null, 0, found);
            }
        }
    }

    internal static UserFinding OfManager(CheckRule rule, string detail) =>
        new(rule, rule.Severity, FindingScope.Record, ScimSchemas.EnterpriseUserUrn + ":manager.value", null, detail);

    internal static string Shown(IReadOnlyList<string> circle) =>
        string.Join(" > ", circle.Take(MostInCircle)) + (circle.Count > MostInCircle ? FormattableString.Invariant($" > ... ({circle.Count:N0} people)") : $" > {circle[0]}");

    private void Compare(CheckedUser person, BulkRequestDocument document, int operation, Action<PayloadFinding> found)
    {
        if (!_people.Add(person, out string? sameUserName))
        {
            TellOfRecord(CheckRules.ExternalIdTwice, "externalId", string.Empty);
        }

        if (sameUserName is not null)
        {
            TellOfRecord(CheckRules.UserNameTwice, "userName", $": '{sameUserName}'");
        }

        if (AsciiText.EqualsIgnoreCase(person.Manager, person.ExternalId))
        {
            TellOfRecord(CheckRules.ManagerIsSelf, ScimSchemas.EnterpriseUserUrn + ":manager.value", string.Empty);
        }

        void TellOfRecord(CheckRule rule, string attribute, string detail)
        {
            if (_checker.Applies(rule))
            {
                Tell(new UserFinding(rule, rule.Severity, FindingScope.Record, attribute, null, detail), person.ExternalIdText, document, operation, found);
            }
        }
    }

    private void Tell(in UserFinding finding, string? externalId, BulkRequestDocument? document, int operation, Action<PayloadFinding> found)
    {
        if (finding.Severity == FindingSeverity.Error)
        {
            Errors++;
        }
        else
        {
            Warnings++;
        }

        found(finding.ToFinding(externalId) with { Source = document?.Source, Document = document?.Number ?? 0, Operation = operation });
    }
}
