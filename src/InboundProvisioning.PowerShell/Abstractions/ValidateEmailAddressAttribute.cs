using System;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace InboundProvisioning.PowerShell.Abstractions;

/// <summary>Takes one email address; whether it exists is the service's business.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ValidateEmailAddressAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is not string address || !Regex.IsMatch(address, @"^[^@\s""]+@[^@\s""]+$"))
        {
            throw new ValidationMetadataException($"'{arguments}' is not one email address, such as 'provisioning@contoso.com'.");
        }
    }
}
