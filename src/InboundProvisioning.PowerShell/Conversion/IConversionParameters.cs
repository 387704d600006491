using System.Collections;
using System.Management.Automation;
using InboundProvisioning.Conversion.Persons;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Conversion;

/// <summary>The parameters that say how worker records become SCIM users.</summary>
internal interface IConversionParameters
{
    object? AttributeMapping { get; }

    string? ScimSchemaNamespace { get; }

    IDictionary? ScimName { get; }

    string? ProvisioningSchema { get; }

    EmptyValueHandling EmptyValue { get; }

    RepeatedRecordHandling RepeatedRecord { get; }

    ScriptBlock? Prefer { get; }

    SwitchParameter Trim { get; }

    SwitchParameter AllowRaggedRow { get; }

    int SkipLast { get; }

    char Delimiter { get; }

    bool IsDelimiterGiven { get; }

    object? Encoding { get; }

    int HeaderRow { get; }
}
