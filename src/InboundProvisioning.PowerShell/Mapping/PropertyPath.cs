using System;
using System.Collections;
using System.Collections.Generic;
using System.Data;
using System.Globalization;
using System.Management.Automation;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>
/// A name such as <c>work.email</c> or <c>emails[0].value</c>, which reaches into the values of properties. A property, key or column
/// of that very name comes first, at each step.
/// </summary>
internal static class PropertyPath
{
    /// <summary>Whether a name can reach into a property.</summary>
    public static bool IsPath(string name) => name.IndexOfAny(['.', '[']) > 0;

    /// <summary>The value of a property, key or column of that very name.</summary>
    /// <returns>Whether there is one.</returns>
    public static bool TryGetOwn(PSObject inputObject, string name, out object? value)
    {
        bool found;
        switch (inputObject.BaseObject)
        {
            case IDictionary dictionary:
                found = TryFind(dictionary, name, out value);
                break;
            case DataRow row:
                found = row.Table.Columns.Contains(name);
                value = found ? row[name] : null;
                break;
            default:
                PSPropertyInfo? property = inputObject.Properties[name];
                found = property is not null;
                value = found ? PowerShellValue.ValueOf(property!) : null;
                break;
        }

        value = PowerShellValue.Unwrap(value);
        return found;
    }

    /// <summary>The value at the end of a path; null where a value on the way is null, or an array has no such element.</summary>
    /// <returns>Whether every object on the way has the property.</returns>
    public static bool TryGet(object inputObject, string path, out object? value)
    {
        PSObject current = PSObject.AsPSObject(inputObject);
        if (TryGetOwn(current, path, out value))
        {
            return true;
        }

        // The longest name first: a.b.c is the c of an a.b before it is the b.c of an a.
        for (int dot = path.Length; dot > 0; dot = path.LastIndexOf('.', dot - 1))
        {
            string rest = dot == path.Length ? string.Empty : path.Substring(dot + 1);
            if (TryGetElement(current, path.Substring(0, dot), isWhole: rest.Length == 0, out object? inner))
            {
                value = inner;
                return rest.Length == 0 || inner is null or DBNull || (IsObject(inner) && TryGet(inner, rest, out value));
            }
        }

        value = null;
        return false;
    }

    /// <summary>The value at the end of names and numbers, or null where there is none.</summary>
    public static object? Follow(object? value, IEnumerable<object> steps)
    {
        foreach (object step in steps)
        {
            // Of an array of one, PowerShell gives the properties of that one.
            if (value is IList list and not byte[] && (step is int || list.Count == 1))
            {
                int index = step as int? ?? 0;
                value = index < list.Count ? PowerShellValue.Unwrap(list[index]) : null;
                if (step is int)
                {
                    continue;
                }
            }

            if (value is null || step is not string name || !IsObject(value) || !TryGetOwn(PSObject.AsPSObject(value), name, out value))
            {
                return null;
            }
        }

        return value;
    }

    /// <summary>A value of a dictionary; case does not matter.</summary>
    public static bool TryFind(IDictionary dictionary, string name, out object? value)
    {
        if (dictionary.Contains(name))
        {
            value = dictionary[name];
            return true;
        }

        foreach (DictionaryEntry entry in dictionary)
        {
            if (string.Equals(Convert.ToString(entry.Key, CultureInfo.InvariantCulture), name, StringComparison.OrdinalIgnoreCase))
            {
                value = entry.Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    // A name, or name[0].
    private static bool TryGetElement(PSObject current, string name, bool isWhole, out object? value)
    {
        if (!isWhole && TryGetOwn(current, name, out value))
        {
            return true;
        }

        value = null;
        int bracket = name.LastIndexOf('[');
        int index = bracket > 0 ? IndexIn(name, bracket) : -1;
        if (index < 0 || !TryGetOwn(current, name.Substring(0, bracket), out object? list))
        {
            return false;
        }

        switch (list)
        {
            case null or DBNull:
                return true;
            case IList several:
                value = index < several.Count ? PowerShellValue.Unwrap(several[index]) : null;
                return true;
            default:
                // What is no array is an array of one: ConvertFrom-Json and script functions unroll them.
                value = index == 0 ? list : null;
                return true;
        }
    }

    // The number in [12] at the end of a name, or -1.
    private static int IndexIn(string name, int bracket)
    {
        int digits = name.Length - bracket - 2;
        if (name[name.Length - 1] != ']' || digits is < 1 or > 6)
        {
            return -1;
        }

        int index = 0;
        for (int i = bracket + 1; i < name.Length - 1; i++)
        {
            if (name[i] is < '0' or > '9')
            {
                return -1;
            }

            index = (index * 10) + (name[i] - '0');
        }

        return index;
    }

    private static bool IsObject(object value) => value is IDictionary || !(value is string or IEnumerable || value.GetType().IsPrimitive);
}
