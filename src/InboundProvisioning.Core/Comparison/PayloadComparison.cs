using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Records;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Comparison;

/// <summary>
/// Compares two payloads person by person: the first is read whole, in some 250 bytes a person; the second goes by. Persons are told apart by
/// externalId, without regard to case. Attributes in another order are the same.
/// </summary>
public sealed class PayloadComparison
{
    private readonly Dictionary<string, Person> _people = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Person> _inOrder = [];
    private readonly HashSet<string> _added = new(StringComparer.OrdinalIgnoreCase);
    private readonly RecordReader _reader = new(new ShapeBook());
    private readonly Action<InboundProvisioningException> _fault;

    /// <param name="fault">Learns of what cannot be compared: a document that is none, a record without externalId, a person who is there twice.</param>
    public PayloadComparison(Action<InboundProvisioningException> fault)
    {
        _fault = fault;
    }

    /// <summary>Takes a document of the first payload. Of a person who is there twice the last record counts, as for the service.</summary>
    public void AddReference(BulkRequestDocument document)
    {
        foreach ((string id, UserRecord record) in Records(document))
        {
            if (_people.TryGetValue(id, out Person? person))
            {
                Repeated(document, id, "the last record counts");
                person.Record = (record.Shape, record.Values);
                continue;
            }

            person = new Person(id, (record.Shape, record.Values));
            _people.Add(id, person);
            _inOrder.Add(person);
        }
    }

    /// <summary>Compares a document of the second payload.</summary>
    /// <returns>Its people: added, changed or equal.</returns>
    public IEnumerable<PayloadDifference> Compare(BulkRequestDocument document)
    {
        foreach ((string id, UserRecord record) in Records(document))
        {
            bool isKnown = _people.TryGetValue(id, out Person? person);
            if (isKnown ? person!.IsSeen : !_added.Add(id))
            {
                Repeated(document, id, "each record is compared");
            }

            if (!isKnown)
            {
                yield return new PayloadDifference
                {
                    ExternalId = id,
                    Kind = PayloadDifferenceKind.Added,
                    Attributes = AttributeChange.OfNew(record),
                };
                continue;
            }

            person!.IsSeen = true;
            List<AttributeDifference> differences = RecordComparison.Of(person.Record.Shape, person.Record.Values, record);
            yield return new PayloadDifference
            {
                ExternalId = id,
                Kind = differences.Count == 0 ? PayloadDifferenceKind.Equal : PayloadDifferenceKind.Changed,
                Attributes = AttributeChange.Of(differences),
            };
        }
    }

    /// <summary>The people of the first payload who are not in the second, in their order there.</summary>
    public IEnumerable<PayloadDifference> Gone()
    {
        foreach (Person person in _inOrder)
        {
            if (!person.IsSeen)
            {
                (RecordShape shape, byte[] values) = person.Record;
                byte[][] tokens = RecordValues.Decode(values, shape.Attributes.Count);
                yield return new PayloadDifference
                {
                    ExternalId = person.ExternalId,
                    Kind = PayloadDifferenceKind.Gone,
                    Attributes = [.. shape.Attributes.Select((name, i) => new AttributeChange(name, UserRecord.TextOf(tokens[i]), null))],
                };
            }
        }
    }

    private IEnumerable<(string ExternalId, UserRecord Record)> Records(BulkRequestDocument document)
    {
        if (document.Fault is not null)
        {
            _fault(document.Fault);
            yield break;
        }

        int number = 0;
        foreach (ReadOnlyMemory<byte> data in BulkRequestUsers.Of(document.Json))
        {
            number++;
            UserRecord record = _reader.Read(data.Span);
            if (record.ExternalId is { Length: > 0 } id)
            {
                yield return (id, record);
            }
            else
            {
                _fault(new InboundProvisioningException(
                    "RecordWithoutExternalId",
                    FaultKind.InvalidData,
                    $"{document}: operation {number} has no externalId, so it cannot be compared.",
                    document.ToString()));
            }
        }
    }

    private void Repeated(BulkRequestDocument document, string id, string what) => _fault(new InboundProvisioningException(
        "RepeatedRecord", FaultKind.InvalidData, $"{document}: '{id}' is there twice; {what}.", id));

    private sealed class Person
    {
        public Person(string externalId, (RecordShape Shape, byte[] Values) record)
        {
            ExternalId = externalId;
            Record = record;
        }

        public string ExternalId { get; }

        public (RecordShape Shape, byte[] Values) Record { get; set; }

        public bool IsSeen { get; set; }
    }
}
