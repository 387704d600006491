using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Mapping;

/// <summary>Checks an attribute mapping against the SCIM schemas of RFC 7643.</summary>
public static class AttributeMappingValidator
{
    /// <summary>What a record without active can do to an account.</summary>
    public const string NoActive =
        "The mapping has no 'active'. A record without it can disable an account that is updated; map it, even if only to { $true }.";

    /// <summary>All that is wrong or doubtful, in the order of the mapping.</summary>
    public static IReadOnlyList<MappingFinding> Validate(AttributeMapping mapping)
    {
        var findings = new List<MappingFinding>();
        foreach (MappedAttribute attribute in AttributeOrder.Of(mapping.Root, ScimSchemas.User.Attributes))
        {
            if (ScimSchemas.IsUrn(attribute.Name))
            {
                ValidateExtension(attribute, findings);
            }
            else
            {
                ValidateAttribute(attribute, ScimSchemas.User.Attributes, string.Empty, findings);
            }
        }

        if (!mapping.Maps("active"))
        {
            findings.Add(new MappingFinding(false, "NoActive", "active", NoActive));
        }

        return findings;
    }

    private static void ValidateExtension(MappedAttribute extension, List<MappingFinding> findings)
    {
        string urn = extension.Name;
        if (extension.Value is not (ComplexValue or ExpressionValue))
        {
            Error(findings, "ComplexValueExpected", urn, "An extension takes a hashtable of its attributes.");
            return;
        }

        if (string.Equals(urn, ScimSchemas.UserUrn, StringComparison.OrdinalIgnoreCase))
        {
            Error(findings, "CoreSchemaAsExtension", urn, "The attributes of the core user stand at the top of the mapping, not under their URN.");
            return;
        }

        if (ScimSchemas.Find(urn) is not { } schema)
        {
            Warning(findings, "UnknownSchema", urn, "No schema is known for this extension, so its attributes were not checked.");
            return;
        }

        if (extension.Value is ComplexValue complex)
        {
            foreach (MappedAttribute attribute in AttributeOrder.Of(complex, schema.Attributes))
            {
                ValidateAttribute(attribute, schema.Attributes, urn + ":", findings);
            }
        }
    }

    private static void ValidateAttribute(
        MappedAttribute mapped, IReadOnlyList<ScimAttribute> known, string prefix, List<MappingFinding> findings)
    {
        string path = prefix + mapped.Name;
        if (prefix.Length == 0 && string.Equals(mapped.Name, "schemas", StringComparison.OrdinalIgnoreCase))
        {
            Error(findings, "ReservedAttribute", path, "Leave schemas out: it follows from the attributes in use.");
            return;
        }

        if (ScimAttribute.Find(known, mapped.Name) is not { } attribute)
        {
            Error(findings, "UnknownAttribute", path, "There is no such attribute." + Suggest(mapped.Name, known, prefix.Length == 0));
            return;
        }

        if (attribute.ReadOnly)
        {
            Warning(findings, "ReadOnlyAttribute", path, "The attribute is read-only; the service need not take it.");
        }

        if (!attribute.MultiValued)
        {
            ValidateValue(mapped.Value, attribute, path, findings);
            return;
        }

        switch (mapped.Value)
        {
            case MultiValue multi:
                for (int i = 0; i < multi.Elements.Count; i++)
                {
                    ValidateValue(multi.Elements[i], attribute, $"{path}[{i}]", findings);
                }

                break;
            case not ExpressionValue:
                Error(findings, "ArrayExpected", path, "The attribute is multi-valued and takes an array: @( @{ ... } ).");
                break;
        }
    }

    private static void ValidateValue(MappingValue value, ScimAttribute attribute, string path, List<MappingFinding> findings)
    {
        switch (value)
        {
            case MultiValue:
                Error(findings, "SingleValueExpected", path, "The attribute takes one value, not an array.");
                break;
            case ComplexValue complex when attribute.Type == ScimAttributeType.Complex:
                foreach (MappedAttribute subAttribute in AttributeOrder.Of(complex, attribute.SubAttributes))
                {
                    ValidateAttribute(subAttribute, attribute.SubAttributes, path + ".", findings);
                }

                break;
            case ComplexValue:
                Error(findings, "SimpleValueExpected", path, "The attribute is simple; it takes a column, a constant or a script block, not a hashtable.");
                break;
            case ColumnValue or ConstantValue when attribute.Type == ScimAttributeType.Complex:
                string names = string.Join(", ", attribute.SubAttributes.Select(sub => sub.Name));
                Error(findings, "ComplexValueExpected", path, $"The attribute is complex; it takes a hashtable of {names}.");
                break;
            case ConstantValue constant:
                ValidateConstant(constant.Value, attribute, path, findings);
                break;
        }
    }

    private static void ValidateConstant(object? value, ScimAttribute attribute, string path, List<MappingFinding> findings)
    {
        if (value is null)
        {
            if (attribute.Type == ScimAttributeType.Boolean)
            {
                Error(findings, "WrongConstantType", path, "The constant is null; the attribute takes true or false.");
            }

            return;
        }

        bool fits = attribute.Type switch
        {
            ScimAttributeType.Boolean => BooleanText.TryConvert(value, out _),
            ScimAttributeType.Integer or ScimAttributeType.Decimal => value is not (string or bool or DateTime or DateTimeOffset),
            ScimAttributeType.DateTime => value is DateTime or DateTimeOffset or string,
            _ => value is string,
        };
        if (!fits)
        {
            Error(findings, "WrongConstantType", path, $"The constant is a {value.GetType().Name}; the attribute is of type {attribute.Type}.");
            return;
        }

        if (value is string constant
            && attribute.CanonicalValues.Count > 0
            && !attribute.CanonicalValues.Contains(constant, StringComparer.OrdinalIgnoreCase))
        {
            Warning(
                findings,
                "UnknownCanonicalValue",
                path,
                $"'{constant}' is none of the values that RFC 7643 suggests: {string.Join(", ", attribute.CanonicalValues)}.");
        }
    }

    private static string Suggest(string name, IReadOnlyList<ScimAttribute> known, bool isCore)
    {
        if (isCore && ScimSchemas.EnterpriseUser.Find(name) is { } enterprise)
        {
            return $" {enterprise.Name} belongs under {ScimSchemas.EnterpriseUserUrn}.";
        }

        string? nearest = NearestName.Find(name, known.Select(attribute => attribute.Name));
        return nearest is null ? string.Empty : $" Did you mean {nearest}?";
    }

    private static void Error(List<MappingFinding> findings, string errorId, string path, string message) =>
        findings.Add(new MappingFinding(true, errorId, path, $"{path}: {message}"));

    private static void Warning(List<MappingFinding> findings, string errorId, string path, string message) =>
        findings.Add(new MappingFinding(false, errorId, path, $"{path}: {message}"));
}
