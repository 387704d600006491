using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Globalization;
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
    // As deep as values of rows may be. One that holds itself has no end.
    private const int MaxDepth = 16;

    /// <summary>Reads a mapping.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="scripts">What its script blocks share.</param>
    /// <param name="findings">Takes what is no mapping, which is left out then; null: the first one is thrown.</param>
    /// <exception cref="InboundProvisioningException">It holds something that is no mapping; the message names the attribute.</exception>
    public static AttributeMapping Read(IDictionary mapping, ScriptContext scripts, ICollection<MappingFinding>? findings = null) =>
        new(ReadDictionary(mapping, string.Empty, scripts, findings, 0));

    private static ComplexValue ReadDictionary(IDictionary dictionary, string path, ScriptContext scripts, ICollection<MappingFinding>? findings, int depth)
    {
        var attributes = new List<MappedAttribute>(dictionary.Count);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in dictionary)
        {
            try
            {
                if (PowerShellValue.Unwrap(entry.Key) is not string name || name.Length == 0)
                {
                    throw Fault(path, $"The key '{entry.Key}' is not the name of an attribute.");
                }

                if (!names.Add(name))
                {
                    throw Fault(path, $"The attribute {name} occurs twice; case does not matter in the names of attributes.");
                }

                attributes.Add(new MappedAttribute(name, ReadValue(entry.Value, Join(path, name), scripts, findings, depth + 1)));
            }
            catch (InboundProvisioningException fault) when (findings is not null)
            {
                findings.Add(new MappingFinding(true, fault.ErrorId, Join(path, Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty), fault.Message));
            }
        }

        return new ComplexValue(attributes, isOrdered: dictionary is IOrderedDictionary);
    }

    private static MappingValue ReadValue(object? value, string path, ScriptContext scripts, ICollection<MappingFinding>? findings, int depth)
    {
        if (depth > MaxDepth)
        {
            throw Fault(path, $"Hashtables and arrays are nested more than {MaxDepth} deep here. One that holds itself, as after $map.name = $map, is no mapping: give each attribute a hashtable of its own.");
        }

        value = PowerShellValue.Unwrap(value);
        switch (value)
        {
            case string column when !string.IsNullOrWhiteSpace(column):
                return new ColumnValue(column);
            case string:
                throw Fault(path, "An empty string names no column. A constant is a script block, { '' }, and so is a text with $_ in it, { \"$($_.First) $($_.Last)\" }: without braces it is put together before there is a row.");
            case ScriptBlock script:
                return ScriptBlockReader.Read(script, scripts);
            case IDictionary dictionary:
                return ReadDictionary(dictionary, path, scripts, findings, depth);
            case IList list and not byte[]:
                var elements = new List<MappingValue>(list.Count);
                for (int i = 0; i < list.Count; i++)
                {
                    elements.Add(ReadValue(list[i], $"{path}[{i}]", scripts, findings, depth + 1));
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
