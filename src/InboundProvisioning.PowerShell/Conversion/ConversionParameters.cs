using System;
using System.Management.Automation;
using InboundProvisioning.Conversion;
using InboundProvisioning.Mapping;
using InboundProvisioning.PowerShell.Abstractions;
using InboundProvisioning.PowerShell.Mapping;
using InboundProvisioning.PowerShell.Schema;
using InboundProvisioning.Schema;
using InboundProvisioning.Scim;

namespace InboundProvisioning.PowerShell.Conversion;

/// <summary>Turns the parameters of a conversion into what the library takes.</summary>
internal static class ConversionParameters
{
    /// <summary>Reads what the parameters say, and warns of what is doubtful in the mapping.</summary>
    /// <param name="given">The parameters.</param>
    /// <param name="cmdlet">Whose they are.</param>
    /// <param name="mappings">Reads the mapping.</param>
    /// <exception cref="InboundProvisioningException">A parameter cannot be used.</exception>
    public static ConversionOptions Read(IConversionParameters given, PSCmdlet cmdlet, MappingReader mappings)
    {
        if (given.ScimSchemaNamespace is null && given.ScimName is not null)
        {
            cmdlet.WriteWarning("-ScimName has no effect without -ScimSchemaNamespace.");
        }

        if (string.Equals(given.ScimSchemaNamespace, ScimSchemas.UserUrn, StringComparison.OrdinalIgnoreCase))
        {
            throw new InboundProvisioningException(
                "CoreSchemaAsExtension",
                FaultKind.InvalidArgument,
                "-ScimSchemaNamespace is the URN of the core user, which is no extension. Give one of your own, such as urn:ietf:params:scim:schemas:extension:contoso:1.0:User.");
        }

        var options = new ConversionOptions
        {
            Mapping = (given.AttributeMapping is null ? AttributeMapping.Default : mappings.Read(given.AttributeMapping))
                .WithExtensions((given.ProvisioningSchema is null ? null : ReadSchema(given.ProvisioningSchema, cmdlet))?.Extensions() ?? []),
            ScimSchemaNamespace = given.ScimSchemaNamespace,
            ScimNames = new ExtensionNames(NamePairs.Read(given.ScimName, nameof(given.ScimName), "InvalidScimName", "'Worker ID' = 'WorkerID'")),
            EmptyValue = given.EmptyValue,
            RepeatedRecord = given.RepeatedRecord,
            Prefer = given.Prefer is null ? null : mappings.ReadExpression(given.Prefer, "-Prefer"),
            Trim = given.Trim,
            Csv = CsvParameters.Read(given.IsDelimiterGiven ? given.Delimiter : null, given.Encoding, given.HeaderRow) with
            {
                AllowRaggedRow = given.AllowRaggedRow,
                SkipLast = given.SkipLast,
            },
            Unwrap = PowerShellValue.Unwrap,
        };
        foreach (string warning in AttributeMappingValidator.WarningsOf(options.Mapping))
        {
            cmdlet.WriteWarning(warning);
        }

        return options;
    }

    /// <summary>The schema of -ProvisioningSchema: a file, or text. What Export-ProvisioningSchema gives is text; no path begins so.</summary>
    public static ProvisioningSchema ReadSchema(string given, PSCmdlet cmdlet)
    {
        string text = given.TrimStart();
        return text.Length > 0 && text[0] == '{'
            ? ProvisioningSchema.Parse(text)
            : ProvisioningSchema.Load(FilePaths.ResolveLiteral(cmdlet, given));
    }
}
