using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// Takes the white space off texts, also off those inside dictionaries, custom objects and arrays. Objects of other types stay what
/// they are.
/// </summary>
internal static class TrimmedValue
{
    private const int MaxDepth = 16;

    /// <summary>The value without white space around texts: itself where there is none, else a copy.</summary>
    public static object? Of(object? value) => value is string text ? SurroundingSpace.Trim(text) : Of(value, []);

    // The objects around a value tell one that holds itself.
    private static object? Of(object? value, List<object> around)
    {
        switch (value)
        {
            case string text:
                return SurroundingSpace.Trim(text);
            case null or ValueType:
                return value;
            case PSObject { BaseObject: not PSCustomObject } wrapper:
                object? inner = Of(wrapper.BaseObject, around);
                return ReferenceEquals(inner, wrapper.BaseObject) ? value : inner;
        }

        if (around.Count == MaxDepth || around.Exists(one => ReferenceEquals(one, value)))
        {
            return value;
        }

        around.Add(value);
        object copy = value switch
        {
            PSObject custom => Of(custom, around),
            IDictionary dictionary => Of(dictionary, around),
            IList list when value.GetType().GetElementType() is not { IsPrimitive: true } => Of(list, around),
            _ => value,
        };
        around.RemoveAt(around.Count - 1);
        return copy;
    }

    private static PSObject Of(PSObject custom, List<object> around)
    {
        // Other properties are computed.
        var trimmed = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (PSNoteProperty property in custom.Properties.OfType<PSNoteProperty>())
        {
            object? value = Of(property.Value, around);
            if (!ReferenceEquals(value, property.Value))
            {
                trimmed.Add(property.Name, value);
            }
        }

        if (trimmed.Count == 0)
        {
            return custom;
        }

        var copy = new PSObject();
        foreach (PSPropertyInfo property in custom.Properties)
        {
            copy.Properties.Add(trimmed.TryGetValue(property.Name, out object? value) ? new PSNoteProperty(property.Name, value) : (PSPropertyInfo)property.Copy());
        }

        return copy;
    }

    private static IDictionary Of(IDictionary dictionary, List<object> around)
    {
        // A hashtable's keys can be numbers, which an ordered dictionary takes as places.
        IDictionary copy = dictionary is IOrderedDictionary
            ? new OrderedDictionary(dictionary.Count, StringComparer.OrdinalIgnoreCase)
            : new Hashtable(dictionary.Count, StringComparer.OrdinalIgnoreCase);
        bool isSame = true;
        foreach (DictionaryEntry entry in dictionary)
        {
            object? value = Of(entry.Value, around);
            isSame &= ReferenceEquals(value, entry.Value);
            copy[entry.Key] = value;
        }

        return isSame ? dictionary : copy;
    }

    private static IList Of(IList list, List<object> around)
    {
        object?[] copy = new object?[list.Count];
        bool isSame = true;
        for (int i = 0; i < copy.Length; i++)
        {
            object? element = list[i];
            copy[i] = Of(element, around);
            isSame &= ReferenceEquals(copy[i], element);
        }

        return isSame ? list : copy;
    }
}
