using System.Collections.Specialized;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>Takes PowerShell's wrapper off values.</summary>
internal static class PowerShellValue
{
    /// <summary>The plain value; of a PSCustomObject, its properties as an ordered dictionary.</summary>
    public static object? Unwrap(object? value)
    {
        if (value is not PSObject wrapper)
        {
            return value;
        }

        if (wrapper.BaseObject is not PSCustomObject)
        {
            return wrapper.BaseObject;
        }

        var members = new OrderedDictionary();
        foreach (PSPropertyInfo property in wrapper.Properties)
        {
            if (property.IsGettable)
            {
                members[property.Name] = ValueOf(property);
            }
        }

        return members;
    }

    /// <summary>The value of a property, which a script can compute.</summary>
    /// <exception cref="RowExpressionException">It cannot be read.</exception>
    public static object? ValueOf(PSPropertyInfo property)
    {
        try
        {
            return property.Value;
        }
        catch (GetValueException exception)
        {
            throw new RowExpressionException($"The property '{property.Name}' cannot be read: {exception.Message}", exception);
        }
    }
}
