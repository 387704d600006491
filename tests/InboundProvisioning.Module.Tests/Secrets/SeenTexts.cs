using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using System.Text;
using System.Text.RegularExpressions;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Secrets;

/// <summary>
/// All that a person, a transcript or a log could see of a run: streams, objects with what they hold, errors with their causes, the host's
/// text and files. It then says where a secret is in it.
/// </summary>
internal sealed partial class SeenTexts
{
    private const int DeepestObject = 6;
    private const int ShortestSecret = 8;

    private readonly List<(string Place, string Text)> _texts = [];
    private readonly HashSet<object> _known = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many texts there are.</summary>
    public int Count => _texts.Count;

    /// <summary>Takes all streams of a script.</summary>
    public void Add(PowerShellResult result)
    {
        foreach (PSObject item in result.Output)
        {
            AddObject("output", item);
            Add("output as CLIXML", PSSerializer.Serialize(item, DeepestObject));
        }

        AddAll("warning", result.Warnings);
        AddAll("verbose", result.Verbose);
        AddAll("debug", result.Debug);
        foreach (object item in result.Information)
        {
            AddObject("information", item);
        }

        foreach (ProgressRecord record in result.Progress)
        {
            AddAll("progress", [record.Activity, record.StatusDescription, record.CurrentOperation]);
        }

        foreach (ErrorRecord error in result.Errors)
        {
            Add("error", error);
        }

        if (result.Failure is { } failure)
        {
            Add("failure", failure);
        }
    }

    /// <summary>Takes what a session still has: the host's text and <c>$Error</c>.</summary>
    public void Add(PowerShellSession session)
    {
        Add("host", session.Host.Recorded.Text);
        AddAll("question", session.Host.Recorded.Questions);
        foreach (object item in (IEnumerable)session.Variable("Error")!)
        {
            AddObject("$Error", item);
        }
    }

    /// <summary>Takes the names and contents of all files of a folder.</summary>
    public void AddFiles(string folder)
    {
        foreach (string path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            byte[] content = File.ReadAllBytes(path);
            string place = $"file {Path.GetFileName(path)}";
            AddAll(place, [path, Encoding.Latin1.GetString(content), Encoding.Unicode.GetString(content)]);
        }
    }

    /// <summary>Takes a text.</summary>
    public void Add(string place, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            _texts.Add((place, Plain(text)));
        }
    }

    /// <summary>
    /// Where secrets are: whole or a part of a JWT, as they are, escaped for a URL, in base64 or in the hexadecimal UTF-16 of an unencrypted
    /// SecureString, broken over lines or not. A JWT, a SecureString or a credential that shows is one, whoever issued it.
    /// </summary>
    public IReadOnlyList<string> PlacesOf(IEnumerable<string> secrets)
    {
        string[] forms = [.. secrets.SelectMany(Forms).Distinct(StringComparer.Ordinal)];
        Assert.NotEmpty(forms);
        return
        [
            .. _texts
                .Where(seen => JsonWebToken().IsMatch(seen.Text) || forms.Any(form => seen.Text.Contains(form, StringComparison.OrdinalIgnoreCase)))
                .Select(seen => $"{seen.Place}: {seen.Text[..Math.Min(seen.Text.Length, 300)]}"),
        ];
    }

    private static IEnumerable<string> Forms(string secret)
    {
        Assert.True(secret.Length >= ShortestSecret, "A secret that short is found everywhere.");
        IEnumerable<string> parts = secret.Split('.') is { Length: 3 } jwt && jwt[0].StartsWith("eyJ", StringComparison.Ordinal)
            ? jwt.Where(part => part.Length >= ShortestSecret).Append(secret)
            : [secret];
        foreach (string part in parts)
        {
            yield return Plain(part);
            yield return Uri.EscapeDataString(part);
            yield return Convert.ToBase64String(Encoding.UTF8.GetBytes(part)).TrimEnd('=');
            yield return Convert.ToHexString(Encoding.Unicode.GetBytes(part));
        }
    }

    private static string Plain(string text) => Unshown().Replace(text, string.Empty);

    private void AddAll(string place, IEnumerable<string?> texts)
    {
        foreach (string? text in texts)
        {
            Add(place, text);
        }
    }

    private void Add(string place, ErrorRecord error)
    {
        AddAll(
            place,
            [
                error.ToString(), error.FullyQualifiedErrorId, error.ErrorDetails?.Message, error.ErrorDetails?.RecommendedAction, error.ScriptStackTrace,
                error.CategoryInfo.ToString(), error.InvocationInfo?.Line, error.InvocationInfo?.PositionMessage,
            ]);
        AddObject(place, error.Exception);
        AddObject(place, error.TargetObject);
    }

    private void AddObject(string place, object? item, int depth = 0)
    {
        object? value = item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;
        switch (value)
        {
            case null:
                return;
            case string text:
                Add(place, text);
                return;
            case SecureString or PSCredential:
                // Its text is one call away.
                Add(place, "eyJ-a-secret-object");
                return;
            case ErrorRecord error when _known.Add(error):
                Add(place, error);
                return;
            case Type or MemberInfo or Assembly or Delegate:
                return;
        }

        Add(place, value.ToString());
        if (depth == DeepestObject || value.GetType() is { IsValueType: true, Namespace: "System" } or { IsEnum: true } || !_known.Add(value))
        {
            return;
        }

        if (value is IDictionary dictionary)
        {
            foreach (DictionaryEntry entry in dictionary)
            {
                AddObject(place, entry.Key, depth + 1);
                AddObject(place, entry.Value, depth + 1);
            }
        }
        else if (value is IEnumerable items)
        {
            foreach (object? child in items)
            {
                AddObject(place, child, depth + 1);
            }
        }

        foreach (PSPropertyInfo property in PSObject.AsPSObject(item!).Properties)
        {
            object? child;
            try
            {
                child = property.Value;
            }
            catch (GetValueException)
            {
                continue;
            }

            AddObject($"{place}.{property.Name}", child, depth + 1);
        }
    }

    [GeneratedRegex("eyJ[A-Za-z0-9_-]{10,}")]
    private static partial Regex JsonWebToken();

    // Line breaks and columns of formatted text, and the codes of its colours.
    [GeneratedRegex(@"\e\[[0-9;]*m|[\s\0]+")]
    private static partial Regex Unshown();
}
