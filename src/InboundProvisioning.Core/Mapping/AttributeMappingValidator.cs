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

    /// <summary>What a conversion warns of before its output: every error but those that it mends by itself, and a mapping without active.</summary>
    public static IEnumerable<string> WarningsOf(AttributeMapping mapping) => Validate(mapping)
        .Where(static finding => finding.IsError ? !finding.IsMended : finding.ErrorId == "NoActive")
        .Select(static finding => finding.Message);

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
        if (extension.Value is not (ComplexValue or ExpressionValue) or ExpressionValue { Shape: ValueShape.Simple or ValueShape.Several })
        {
            Error(findings, "ComplexValueExpected", urn, ShapeFault.ExtensionExpected);
            return;
        }

        if (string.Equals(urn, ScimSchemas.UserUrn, StringComparison.OrdinalIgnoreCase))
        {
            Error(findings, "CoreSchemaAsExtension", urn, "The attributes of the core user stand at the top of the mapping, not under their URN.");
            return;
        }

        if (ScimSchemas.Find(urn) is not { } schema)
        {
            foreach (MappedAttribute attribute in ((extension.Value as ComplexValue)?.Attributes ?? []).Where(static attribute => !ScimName.IsAttributeName(attribute.Name)))
            {
                string proposal = ScimName.Propose(attribute.Name) is string name ? $", such as {name}" : string.Empty;
                Error(findings, "InvalidAttributeName", $"{urn}:{attribute.Name}", $"No attribute of a schema can have the name '{attribute.Name}': SCIM allows a letter, then letters, digits, $, - and _ (RFC 7643, section 2.1). Give the key another name{proposal}.");
            }

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

                if (multi.Elements.Count(IsPrimary) > 1)
                {
                    Error(findings, "SeveralPrimaries", path, ShapeFault.SeveralPrimaries);
                }

                break;
            case ComplexValue one:
                string message = $"{path}: The attribute is multi-valued and takes an array: @( @{{ ... }} ). The conversion makes an array of this one value.";
                findings.Add(new MappingFinding(true, "ArrayExpected", path, message) { IsMended = true });
                ValidateValue(one, attribute, path, findings);
                break;
            case ExpressionValue { Shape: ValueShape.Simple }:
                Error(findings, "ComplexValueExpected", path, ShapeFault.ComplexValueExpected(attribute));
                break;
            case not ExpressionValue:
                Error(findings, "ArrayExpected", path, "The attribute is multi-valued and takes an array: @( @{ ... } ).");
                break;
        }
    }

    private static bool IsPrimary(MappingValue element) => element is ComplexValue complex && complex.Attributes.Any(static member =>
        string.Equals(member.Name, "primary", StringComparison.OrdinalIgnoreCase)
        && member.Value is ConstantValue { Value: { } value } && BooleanText.TryConvert(value, out bool isPrimary) && isPrimary);

    private static void ValidateValue(MappingValue value, ScimAttribute attribute, string path, List<MappingFinding> findings)
    {
        switch (value)
        {
            case MultiValue or ExpressionValue { Shape: ValueShape.Several }:
                Error(findings, "SingleValueExpected", path, ShapeFault.SingleValueExpected);
                break;
            case ComplexValue complex when attribute.Type == ScimAttributeType.Complex:
                foreach (MappedAttribute subAttribute in AttributeOrder.Of(complex, attribute.SubAttributes))
                {
                    ValidateAttribute(subAttribute, attribute.SubAttributes, path + ".", findings);
                }

                break;
            case ComplexValue:
            case ExpressionValue { Shape: ValueShape.Complex } when attribute.Type != ScimAttributeType.Complex:
                Error(findings, "SimpleValueExpected", path, ShapeFault.SimpleValueExpected);
                break;
            case ColumnValue or ConstantValue or ExpressionValue { Shape: ValueShape.Simple } when attribute.Type == ScimAttributeType.Complex:
                Error(findings, "ComplexValueExpected", path, ShapeFault.ComplexValueExpected(attribute));
                break;
            case ColumnValue column when attribute.CanonicalValues.Contains(column.Column, StringComparer.OrdinalIgnoreCase):
                Warning(findings, "ConstantWithoutBraces", path, $"'{column.Column}' names a column. Where the text itself is meant, it stands in braces: {{ '{column.Column}' }}.");
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
