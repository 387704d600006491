using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// Reads an attribute mapping from what PowerShell users write: a hashtable or ordered dictionary in which a string names a column,
/// a script block computes, a dictionary is a complex attribute, an array a multi-valued one, and a key that starts with urn: an
/// extension; literal Booleans, numbers and dates are constants.
/// </summary>
internal static class AttributeMappingReader
{
    /// <summary>Reads a mapping.</summary>
    /// <exception cref="InboundProvisioningException">It holds something that is no mapping; the message names the attribute.</exception>
    public static AttributeMapping Read(IDictionary mapping, ScriptContext scripts) =>
        new(ReadDictionary(mapping, string.Empty, scripts));

    private static ComplexValue ReadDictionary(IDictionary dictionary, string path, ScriptContext scripts)
    {
        var attributes = new List<MappedAttribute>(dictionary.Count);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in dictionary)
        {
            if (PowerShellValue.Unwrap(entry.Key) is not string name || name.Length == 0)
            {
                throw Fault(path, $"The key '{entry.Key}' is not the name of an attribute.");
            }

            if (!names.Add(name))
            {
                throw Fault(path, $"The attribute {name} occurs twice; case does not matter in the names of attributes.");
            }

            attributes.Add(new MappedAttribute(name, ReadValue(entry.Value, Join(path, name), scripts)));
        }

        return new ComplexValue(attributes, isOrdered: dictionary is IOrderedDictionary);
    }

    private static MappingValue ReadValue(object? value, string path, ScriptContext scripts)
    {
        value = PowerShellValue.Unwrap(value);
        switch (value)
        {
            case string column when column.Length > 0:
                return new ColumnValue(column);
            case string:
                throw Fault(path, "An empty string names no column. For a constant, write a script block: { '' }.");
            case ScriptBlock script:
                return ScriptBlockReader.Read(script, scripts);
            case IDictionary dictionary:
                return ReadDictionary(dictionary, path, scripts);
            case IList list and not byte[]:
                var elements = new List<MappingValue>(list.Count);
                for (int i = 0; i < list.Count; i++)
                {
                    elements.Add(ReadValue(list[i], $"{path}[{i}]", scripts));
                }

                return new MultiValue(elements);
            case null or bool or char or DateTime or DateTimeOffset or Guid:
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal or double or float:
                return new ConstantValue(value);
            default:
                throw Fault(path, $"A {value.GetType().Name} is neither a column's name nor a constant, script block, hashtable or array.");
        }
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : path + "." + name;

    private static InboundProvisioningException Fault(string path, string message) => new(
        "InvalidAttributeMapping",
        FaultKind.InvalidArgument,
        path.Length == 0 ? "The attribute mapping: " + message : $"The attribute mapping, {path}: {message}");
}
