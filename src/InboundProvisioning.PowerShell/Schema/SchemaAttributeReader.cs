using System;
using System.Collections;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Mapping;
using InboundProvisioning.Schema;

namespace InboundProvisioning.PowerShell.Schema;

/// <summary>Reads attributes of an extension from objects of the pipeline: names, or objects with Name, Type, MultiValued, FlowNullValues.</summary>
internal static class SchemaAttributeReader
{
    private static readonly SchemaAttributeType[] Types =
    [
        SchemaAttributeType.String, SchemaAttributeType.Integer, SchemaAttributeType.Boolean, SchemaAttributeType.DateTime,
        SchemaAttributeType.Reference, SchemaAttributeType.Binary,
    ];

    /// <exception cref="InboundProvisioningException"><c>InvalidInputObject</c>, <c>InvalidAttributeType</c>.</exception>
    public static SchemaAttribute Read(PSObject item)
    {
        if (item.BaseObject is string name)
        {
            return new SchemaAttribute(name);
        }

        try
        {
            return ReadProperties(item);
        }
        catch (RowExpressionException exception)
        {
            throw new InboundProvisioningException("InvalidInputObject", FaultKind.InvalidArgument, exception.Message, item, exception);
        }
    }

    private static SchemaAttribute ReadProperties(PSObject item) =>
        Text(item, "Name") is { Length: > 0 } named
            ? new SchemaAttribute(named) { Type = Type(item, named), MultiValued = Boolean(item, named, "MultiValued"), FlowNullValues = Boolean(item, named, "FlowNullValues") }
            : throw new InboundProvisioningException(
                "InvalidInputObject",
                FaultKind.InvalidArgument,
                "An object of the pipeline has no Name. Pipe names, or objects with Name and, where wanted, Type, MultiValued and FlowNullValues; use -Path for CSV files.",
                item);

    private static SchemaAttributeType? Type(PSObject item, string name)
    {
        string? text = Text(item, "Type");
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        foreach (SchemaAttributeType type in Types)
        {
            if (string.Equals(type.ToString(), text!.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        throw new InboundProvisioningException(
            "InvalidAttributeType",
            FaultKind.InvalidArgument,
            $"The attribute '{name}' has the type '{text}'. The types are {string.Join(", ", Types)}.",
            name);
    }

    // A list of attributes can come from a CSV file, where false is a word.
    private static bool? Boolean(PSObject item, string name, string property)
    {
        object? value = Value(item, property);
        if (value is bool or SwitchParameter or null)
        {
            return value is SwitchParameter given ? given.IsPresent : (bool?)value;
        }

        string text = Convert.ToString(value, CultureInfo.InvariantCulture)!.Trim();
        return text.ToUpperInvariant() switch
        {
            "" => null,
            "TRUE" or "YES" or "1" => true,
            "FALSE" or "NO" or "0" => false,
            _ => throw new InboundProvisioningException(
                "InvalidInputObject", FaultKind.InvalidArgument, $"The attribute '{name}' has {property} '{text}', which is neither true nor false.", name),
        };
    }

    private static string? Text(PSObject item, string property) => Value(item, property) is { } value ? Convert.ToString(value, CultureInfo.InvariantCulture) : null;

    private static object? Value(PSObject item, string property)
    {
        if (item.BaseObject is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                if (string.Equals(entry.Key as string, property, StringComparison.OrdinalIgnoreCase))
                {
                    return PowerShellValue.Unwrap(entry.Value);
                }
            }

            return null;
        }

        return item.Properties[property] is PSPropertyInfo { IsGettable: true } found ? PowerShellValue.Unwrap(PowerShellValue.ValueOf(found)) : null;
    }
}
