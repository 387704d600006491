using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping.Writing;

/// <summary>
/// An attribute mapping made ready for the columns of a source: writes a row as one operation of a bulk request, whose data is
/// a SCIM user. RFC 7644, section 3.7; RFC 7643, section 4.
/// </summary>
internal sealed class UserTemplate
{
    private readonly ValueNode? _externalId;
    private readonly string _externalIdPath;
    private readonly Member[] _members;
    private readonly byte[] _schemas;
    private readonly FlatTemplate _flat;

    private UserTemplate(ValueNode? externalId, string externalIdPath, Member[] members, byte[] schemas)
    {
        _externalId = externalId;
        _externalIdPath = externalIdPath;
        _members = members;
        _schemas = schemas;
        _flat = Flatten();
    }

    private static ReadOnlySpan<byte> Start => OperationBytes.Start;

    // The middle of an operation, and the start of its user.
    private static ReadOnlySpan<byte> DataStart => ",\"path\":\"/Users\",\"data\":{\"schemas\":"u8;

    private static ReadOnlySpan<byte> DataEnd => "}}"u8;

    /// <summary>Makes a mapping ready.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="columns">The columns of the source; one that the mapping names and that is not there gives null.</param>
    /// <param name="extensionUrn">The URN under which all columns go as well, or null.</param>
    /// <param name="extensionColumns">The columns that go there.</param>
    /// <param name="extensionNames">The names that they have there.</param>
    /// <param name="unwrap">See <see cref="RowWriter.Unwrap"/>.</param>
    /// <exception cref="InboundProvisioningException">The mapping cannot be carried out.</exception>
    public static UserTemplate Compile(
        AttributeMapping mapping,
        RowColumns columns,
        string? extensionUrn,
        IReadOnlyList<string> extensionColumns,
        ExtensionNames extensionNames,
        Func<object?, object?> unwrap)
    {
        var compiler = new NodeCompiler(columns, mapping.Extensions, unwrap);
        ComplexValue root = extensionUrn is null ? mapping.Root : WithExtension(mapping.Root, extensionUrn, extensionColumns, extensionNames);
        var schemas = new StringBuilder().Append("[\"").Append(ScimSchemas.UserUrn).Append('"');
        var members = new List<Member>();
        ValueNode? externalId = null;
        string externalIdPath = "externalId";
        foreach (MappedAttribute attribute in AttributeOrder.Of(root, ScimSchemas.User.Attributes))
        {
            if (Same(attribute.Name, "schemas"))
            {
                throw new InboundProvisioningException(
                    "ReservedAttribute",
                    FaultKind.InvalidArgument,
                    "The mapping gives a value for schemas. Leave it out: it follows from the attributes in use.");
            }

            ValueNode node = compiler.Compile(attribute);
            if (Same(attribute.Name, "externalId"))
            {
                externalId = node;
                externalIdPath = attribute.Name;
                node = new ExternalIdNode();
            }

            var member = new Member(new NamedNode(attribute.Name, node));
            members.Add(member);

            if (ScimSchemas.IsUrn(attribute.Name) && !Same(attribute.Name, ScimSchemas.UserUrn))
            {
                int start = Encoding.UTF8.GetByteCount(schemas.ToString());
                schemas.Append(",\"").Append(NamedNode.Encode(attribute.Name)).Append('"');
                member.SchemaStart = start;
                member.SchemaLength = Encoding.UTF8.GetByteCount(schemas.ToString()) - start;
            }
        }

        return new UserTemplate(externalId, externalIdPath, [.. members], Encoding.UTF8.GetBytes(schemas.Append(']').ToString()));
    }

    /// <summary>
    /// Writes the start of a row's operation, up to the externalId as bulkId. The caller looks for <see cref="RowWriter.Fault"/> and
    /// <see cref="RowWriter.IsPassedOver"/>, and drops what was written if either is there.
    /// </summary>
    public void WriteId(Row row, RowWriter writer)
    {
        writer.Json.WriteRaw(Start);
        WriteBulkId(row, writer);
    }

    /// <summary>Writes the rest of the operation, the user. The caller looks for <see cref="RowWriter.Fault"/>.</summary>
    public void WriteUser(Row row, RowWriter writer)
    {
        if (writer.EmptyValue == EmptyValueHandling.Omit)
        {
            WriteData(row, writer);
        }
        else
        {
            _flat.Write(row, writer);
        }
    }

    /// <summary>The attributes of a user, with columns under a URN among them.</summary>
    /// <exception cref="InboundProvisioningException"><c>ComplexValueExpected</c>: the mapping has something else there.</exception>
    public static ComplexValue WithExtension(ComplexValue root, string urn, IReadOnlyList<string> columns, ExtensionNames names)
    {
        var all = new List<MappedAttribute>();
        var attributes = new List<MappedAttribute>();
        foreach (MappedAttribute attribute in root.Attributes)
        {
            if (!Same(attribute.Name, urn))
            {
                attributes.Add(attribute);
            }
            else if (attribute.Value is ComplexValue explicitly)
            {
                all.AddRange(explicitly.Attributes);
            }
            else
            {
                throw new InboundProvisioningException(
                    "ComplexValueExpected",
                    FaultKind.InvalidArgument,
                    $"With -ScimSchemaNamespace, the mapping's {urn} must be a hashtable, to which the columns are added.");
            }
        }

        foreach (string column in columns)
        {
            string name = names.Given(column) ?? column;
            if (!all.Any(attribute => Same(attribute.Name, name)))
            {
                all.Add(new MappedAttribute(name, new ColumnValue(column)));
            }
        }

        attributes.Add(new MappedAttribute(urn, new ComplexValue(all, isOrdered: true)));
        return new ComplexValue(attributes, root.IsOrdered);
    }

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private FlatTemplate Flatten()
    {
        using var text = new JsonBuffer();
        var template = new FlatTemplate.Builder(text);
        template.Text(DataStart);
        template.Text(_schemas);
        foreach (Member member in _members)
        {
            template.Text(member.Named.CommaName);
            member.Named.Node.AddTo(template);
        }

        template.Text(DataEnd);
        return template.Build();
    }

    private void WriteData(Row row, RowWriter writer)
    {
        JsonBuffer json = writer.Json;
        json.WriteRaw(DataStart);
        int schemasStart = json.Length;
        json.WriteRaw(_schemas);
        foreach (Member member in _members)
        {
            int before = json.Length;
            json.WriteRaw(member.Named.CommaName);
            Emission emission = member.Named.Node.Write(row, writer);
            member.IsLeftOut = (emission & (Emission.Value | Emission.Constant)) == 0;
            if (member.IsLeftOut)
            {
                json.Length = before;
            }
        }

        json.WriteRaw(DataEnd);
        RemoveUnusedSchemas(json, schemasStart);
    }

    private void WriteBulkId(Row row, RowWriter writer)
    {
        JsonBuffer json = writer.Json;
        if (_externalId is null)
        {
            json.WriteRaw((byte)'"');
            json.WriteNumber(row.Number);
            json.WriteRaw((byte)'"');
            return;
        }

        int start = json.Length;
        Emission emission = _externalId.Write(row, writer);
        if (writer.Fault is not null)
        {
            return;
        }

        ReadOnlySpan<byte> token = json.Written.Slice(start);
        if ((emission & (Emission.Value | Emission.Constant)) == 0 || token.SequenceEqual("null"u8) || token.SequenceEqual("\"\""u8))
        {
            if (writer.Wanted is not null)
            {
                writer.PassOver();
                return;
            }

            writer.Fail("EmptyExternalId", _externalIdPath, "The value is empty, so the record cannot be matched to an account.");
            return;
        }

        if (token[0] != (byte)'"')
        {
            if (token[0] is (byte)'{' or (byte)'[')
            {
                writer.Fail("InvalidExternalId", _externalIdPath, "The value is not a text or number.");
                return;
            }

            string text = Encoding.UTF8.GetString(token.ToArray());
            json.Length = start;
            json.WriteString(text);
            token = json.Written.Slice(start);
        }

        if (writer.Wanted?.Takes(token) == false)
        {
            writer.PassOver();
            return;
        }

        writer.ExternalIdStandsAt(start, token.Length);
    }

    private void RemoveUnusedSchemas(JsonBuffer json, int schemasStart)
    {
        for (int i = _members.Length - 1; i >= 0; i--)
        {
            Member member = _members[i];
            if (member.IsLeftOut && member.SchemaLength > 0)
            {
                json.Remove(schemasStart + member.SchemaStart, member.SchemaLength);
            }
        }
    }

    private sealed class Member
    {
        public Member(NamedNode named)
        {
            Named = named;
        }

        public NamedNode Named { get; }

        public int SchemaStart { get; set; }

        public int SchemaLength { get; set; }

        public bool IsLeftOut { get; set; }
    }
}
