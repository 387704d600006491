using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using InboundProvisioning.Applications;
using InboundProvisioning.Mapping;
using InboundProvisioning.Scim;

namespace InboundProvisioning.Checks;

/// <summary>
/// Checks SCIM users one after the other, each in one pass over its bytes. What is right costs no memory. Not for several threads at a time.
/// </summary>
internal sealed class UserChecker
{
    private const int MostShown = 40;

    // https://learn.microsoft.com/windows/win32/adschema/a-samaccountname
    private static readonly AsciiSet NotInAccountName = new("\"/\\[]:;|=,+*?<>");

    private readonly PathNode _root;
    private readonly TargetSystem _target;
    private readonly bool _isMappingKnown;
    private readonly byte[][]? _domains;
    private readonly HashSet<string> _excluded;
    private readonly CheckedUser _user = new();
    private readonly List<(int Start, int Length)> _names = [];
    private byte[] _buffer = new byte[1024];
    private byte[]? _lastDomain;
    private bool _hasActive;
    private bool _hasDisplayName;

    public UserChecker(CheckOptions options)
    {
        _target = options.Mappings.Target;
        _isMappingKnown = options.Mappings.IsKnown;
        _domains = options.VerifiedDomains?.Select(static domain => Encoding.UTF8.GetBytes(domain.Trim().TrimStart('@').ToLowerInvariant())).ToArray();
        _excluded = new HashSet<string>(options.ExcludedRules ?? [], StringComparer.OrdinalIgnoreCase);
        _root = Compile(options.Mappings);
    }

    /// <summary>Whether a rule is applied.</summary>
    public bool Applies(CheckRule rule) => !_excluded.Contains(rule.Name);

    /// <summary>Checks a user.</summary>
    /// <param name="data">The SCIM user, one JSON object in UTF-8.</param>
    /// <returns>What was found; good until the next call.</returns>
    public CheckedUser Check(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        reader.Read();
        return Check(ref reader, data);
    }

    /// <summary>Checks a user within a document, and leaves the reader at its end.</summary>
    /// <param name="reader">At the beginning of the user.</param>
    /// <param name="json">The document.</param>
    /// <returns>What was found; good until the next call.</returns>
    public CheckedUser Check(ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        _user.Clear();
        _names.Clear();
        _hasActive = false;
        _hasDisplayName = false;
        WalkObject(ref reader, json, _root, isExtension: false);
        LookForWhatIsMissing();
        return _user;
    }

    private static PathNode Compile(JobMappings mappings)
    {
        var root = PathNode.Root();
        Mark(root, "schemas", PathRole.Schemas);
        Mark(root, "externalId", PathRole.ExternalId);
        Mark(root, "userName", PathRole.UserName);
        Mark(root, "displayName", PathRole.DisplayName);
        Mark(root, "active", PathRole.Active);
        Mark(root, "emails", PathRole.Email);
        Mark(root, "emails.value", PathRole.EmailValue);
        Mark(root, "addresses.country", PathRole.Country);
        Mark(root, ScimSchemas.EnterpriseUserUrn + ":manager", PathRole.Manager);
        Mark(root, ScimSchemas.EnterpriseUserUrn + ":manager.value", PathRole.ManagerValue);
        foreach (AttributeFlow flow in mappings.Flows)
        {
            if (TargetAttributes.Find(mappings.Target, flow.Target) is TargetAttribute target)
            {
                root.At(flow.Source)?.Add(new ValueCheck(target, flow.IsAssumed));
            }
        }

        foreach (string date in mappings.Dates)
        {
            if (root.At(date) is { } node && !node.Checks.Any(static check => check.Target.Kind == ValueKind.DateTime))
            {
                node.Add(new ValueCheck(new TargetAttribute(string.Empty, 0, ValueKind.DateTime), IsAssumed: false));
            }
        }

        return root;
    }

    private static void Mark(PathNode root, string path, PathRole role) => root.At(path)!.Role = role;

    private void WalkObject(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, PathNode? node, bool isExtension)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int start = (int)reader.TokenStartIndex + 1;
            int length = reader.ValueSpan.Length;
            _names.Add((start, length));
            PathNode? child = node?.Find(ref reader);
            bool isUrn = _names.Count == 1 && AsciiText.EqualsIgnoreCase(data.Slice(start, Math.Min(4, length)), "urn:");
            reader.Read();
            WalkValue(ref reader, data, child, isExtension || (isUrn && child?.Path != ScimSchemas.EnterpriseUserUrn));
            _names.RemoveAt(_names.Count - 1);
        }
    }

    private void WalkValue(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, PathNode? node, bool isExtension)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                if (node?.Role != PathRole.Schemas)
                {
                    LookAtText(ref reader, data, node, isExtension);
                }

                break;
            case JsonTokenType.StartObject:
                WalkObject(ref reader, data, node, isExtension);
                break;
            case JsonTokenType.StartArray:
                if (node?.Role == PathRole.Schemas)
                {
                    reader.Skip();
                }
                else
                {
                    WalkArray(ref reader, data, node, isExtension);
                }

                break;
            default:
                LookAtToken(ref reader, node);
                break;
        }
    }

    private void WalkArray(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, PathNode? node, bool isExtension)
    {
        int primaries = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            PathNode? element = node;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Look(reader, node, out element, out bool isPrimary);
                primaries += isPrimary ? 1 : 0;
            }

            WalkValue(ref reader, data, element, isExtension);
        }

        if (primaries > 1)
        {
            Report(CheckRules.PrimaryTwice, NameOf(node, data), null, false, FindingScope.Record, string.Empty);
        }
    }

    // Ahead, for what tells which value of several it is: it may stand behind the value. The reader is a copy.
    private static void Look(Utf8JsonReader reader, PathNode? node, out PathNode? element, out bool isPrimary)
    {
        element = node;
        isPrimary = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isType = node is { HasTypes: true } && AsciiText.EqualsIgnoreCase(reader.ValueSpan, "type");
            bool isFlag = !isType && AsciiText.EqualsIgnoreCase(reader.ValueSpan, "primary");
            reader.Read();
            if (isType && reader.TokenType == JsonTokenType.String)
            {
                element = node!.OfType(reader.ValueSpan);
            }
            else if (isFlag)
            {
                isPrimary = reader.TokenType == JsonTokenType.True;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private void LookAtToken(ref Utf8JsonReader reader, PathNode? node)
    {
        if (node?.Role == PathRole.Active)
        {
            _hasActive = reader.TokenType != JsonTokenType.Null;
            _user.Active = reader.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                _ => null,
            };
            if (reader.TokenType == JsonTokenType.Number)
            {
                Report(CheckRules.ActiveNotBoolean, "active", null, false, FindingScope.Record, string.Empty);
            }
        }
        else if (node is not null && reader.TokenType == JsonTokenType.Number)
        {
            // A number of an HR system as an id: the service takes it as text.
            Keep(node.Role, reader.ValueSpan);
        }
    }

    private void LookAtText(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, PathNode? node, bool isExtension)
    {
        ReadOnlySpan<byte> text = reader.ValueSpan;
        if (reader.ValueIsEscaped)
        {
            int length = Unescape(ref reader);
            if (length < 0)
            {
                return;
            }

            text = _buffer.AsSpan(0, length);
        }

        if (SurroundingSpace.IsAround(text))
        {
            Report(CheckRules.WhiteSpaceAround, NameOf(node, data), null, false, FindingScope.Record, Shown(text));
        }

        if (node is null)
        {
            if (isExtension && text.Length > 0)
            {
                LookByName(text, data);
            }

            return;
        }

        Keep(node.Role, text);
        if (node.Role == PathRole.Active)
        {
            _hasActive = true;
            Report(CheckRules.ActiveNotBoolean, "active", null, false, FindingScope.Record, Shown(text));
            return;
        }

        if (text.Length == 0)
        {
            return;
        }

        bool hasEmail = false;
        bool hasCountry = false;
        IReadOnlyList<ValueCheck> checks = node.Checks;
        for (int i = 0; i < checks.Count; i++)
        {
            ValueCheck check = checks[i];
            hasEmail |= check.Target.Kind == ValueKind.Email;
            hasCountry |= check.Target.Kind is ValueKind.CountryCode or ValueKind.UsageLocation;
            Look(text, data, node, check);
        }

        if (node.Role == PathRole.EmailValue && !hasEmail && !EmailText.IsAddress(text))
        {
            Report(CheckRules.EmailForm, NameOf(node, data), null, true, FindingScope.Record, Shown(text));
        }
        else if (node.Role == PathRole.Country && !hasCountry && !IsCountry(text))
        {
            Report(CheckRules.CountryCode, NameOf(node, data), null, false, FindingScope.Record, Shown(text));
        }

        if (isExtension && checks.Count == 0)
        {
            LookByName(text, data);
        }
    }

    private void Look(ReadOnlySpan<byte> text, ReadOnlySpan<byte> data, PathNode node, ValueCheck check)
    {
        TargetAttribute target = check.Target;
        switch (target.Kind)
        {
            case ValueKind.UserPrincipalName:
                LookAtUserName(text, data, node, check);
                return;
            case ValueKind.AccountName:
                LookAtAccountName(text, data, node, check);
                return;
            case ValueKind.Email when !EmailText.IsAddress(text):
                // "This property can't contain accent characters." Of other faults the page says nothing.
                bool hasAccents = !EmailText.IsAscii(text) && _target == TargetSystem.EntraId;
                Report(CheckRules.EmailForm, NameOf(node, data), target, check.IsAssumed || !hasAccents, FindingScope.Mapping, Shown(text));
                break;
            case ValueKind.UsageLocation when !IsCountryCode(text):
                Report(CheckRules.UsageLocation, NameOf(node, data), target, check.IsAssumed, FindingScope.Mapping, Shown(text));
                break;
            case ValueKind.CountryCode when !IsCountryCode(text):
                Report(CheckRules.CountryCode, NameOf(node, data), target, check.IsAssumed, FindingScope.Mapping, Shown(text));
                break;
            case ValueKind.DateTime when !IsDate(text):
                Report(CheckRules.DateNotIso8601, NameOf(node, data), target.Name.Length == 0 ? null : target, check.IsAssumed, FindingScope.Mapping, Shown(text));
                break;
        }

        // UTF-16 never has more units than UTF-8 has bytes.
        if (target.MaxLength > 0 && text.Length > target.MaxLength && LengthOf(text) is int length && length > target.MaxLength)
        {
            Report(
                CheckRules.ValueTooLong,
                NameOf(node, data),
                target,
                check.IsAssumed,
                FindingScope.Mapping,
                string.Format(CultureInfo.InvariantCulture, ": {0} characters, and {1} takes {2}", length, target.Name, target.MaxLength));
        }
    }

    // https://learn.microsoft.com/entra/identity/authentication/concept-sspr-policy#username-policies
    private void LookAtUserName(ReadOnlySpan<byte> text, ReadOnlySpan<byte> data, PathNode node, ValueCheck check)
    {
        // What Active Directory takes is wider; what is synchronized from there has to keep to the policy all the same.
        bool isWarning = check.IsAssumed || _target == TargetSystem.ActiveDirectory;
        int at = text.LastIndexOf((byte)'@');
        ReadOnlySpan<byte> name = at < 0 ? text : text.Slice(0, at);
        ReadOnlySpan<byte> domain = at < 0 ? default : text.Slice(at + 1);
        if (UserNameText.FirstForbidden(name) is string forbidden)
        {
            Report(CheckRules.UserNameCharacter, NameOf(node, data), check.Target, isWarning, FindingScope.Mapping, $": {forbidden} in {Quoted(text)}");
        }

        if (LengthOf(name) > UserNameText.MostBeforeAt || domain.Length > UserNameText.MostBehindAt)
        {
            Report(
                CheckRules.UserNameTooLong,
                NameOf(node, data),
                check.Target,
                isWarning,
                FindingScope.Mapping,
                string.Format(CultureInfo.InvariantCulture, ": {0} characters before the @ and {1} behind it", LengthOf(name), LengthOf(domain)));
        }

        if (at <= 0 || !UserNameText.IsDomain(domain))
        {
            // Without an @ the job's mapping may add the domain, as that of Microsoft's page on troubleshooting does. Where domains are given they are meant.
            Report(CheckRules.UserNameForm, NameOf(node, data), check.Target, isWarning || (at < 0 && _domains is null && !_isMappingKnown), FindingScope.Mapping, Shown(text));
        }
        else if (_domains is not null && !IsVerified(domain))
        {
            Report(
                CheckRules.UserNameDomain, NameOf(node, data), check.Target, isWarning, FindingScope.Mapping, $": {Encoding.UTF8.GetString(domain.ToArray())}");
        }
    }

    private void LookAtAccountName(ReadOnlySpan<byte> text, ReadOnlySpan<byte> data, PathNode node, ValueCheck check)
    {
        int at = check.IsAssumed ? text.IndexOf((byte)'@') : -1;
        ReadOnlySpan<byte> name = at < 0 ? text : text.Slice(0, at);
        if (LengthOf(name) is int length && length > check.Target.MaxLength)
        {
            Report(
                CheckRules.AccountName,
                NameOf(node, data),
                check.Target,
                check.IsAssumed,
                FindingScope.Mapping,
                string.Format(CultureInfo.InvariantCulture, ": {0} characters, and {1} takes {2}", length, check.Target.Name, check.Target.MaxLength));
        }
        else if (NotInAccountName.IndexIn(name) is int place and >= 0)
        {
            Report(CheckRules.AccountName, NameOf(node, data), check.Target, check.IsAssumed, FindingScope.Mapping, $": '{(char)name[place]}' in {Quoted(text)}");
        }
    }

    // Of an attribute of one's own nothing is known but its name. That one of these names means what it says is assumed.
    private void LookByName(ReadOnlySpan<byte> text, ReadOnlySpan<byte> data)
    {
        (int start, int length) = _names[_names.Count - 1];
        ReadOnlySpan<byte> name = data.Slice(start, length);
        if (AsciiText.EqualsIgnoreCase(name, "usageLocation"))
        {
            if (!IsCountryCode(text))
            {
                Report(CheckRules.UsageLocation, NameOf(null, data), null, true, FindingScope.Mapping, Shown(text));
            }
        }
        else if ((EndsWith(name, "date") || EndsWith(name, "dateTime")) && !IsDate(text))
        {
            Report(CheckRules.DateNotIso8601, NameOf(null, data), null, true, FindingScope.Mapping, Shown(text));
        }
    }

    private void LookForWhatIsMissing()
    {
        // The one attribute that the person is found by.
        if (_user.ExternalId.IsEmpty)
        {
            Report(CheckRules.RequiredValue, "externalId", null, false, FindingScope.Record, string.Empty);
        }

        // "This property is required when a user is created": userPrincipalName, displayName.
        if (_user.UserName.IsEmpty)
        {
            Report(CheckRules.RequiredValue, "userName", null, !IsMapped("userName"), FindingScope.Creation, string.Empty);
        }

        if (!_hasDisplayName)
        {
            Report(CheckRules.RequiredValue, "displayName", null, !IsMapped("displayName"), FindingScope.Creation, string.Empty);
        }

        if (!_hasActive)
        {
            Report(CheckRules.ActiveMissing, "active", null, false, FindingScope.Record, string.Empty);
        }
    }

    // Where the job makes the name of something else, the attribute can be left out.
    private bool IsMapped(string attribute) => _root.At(attribute)!.Checks.Any(static check => !check.IsAssumed);

    private void Keep(PathRole role, ReadOnlySpan<byte> text)
    {
        switch (role)
        {
            case PathRole.ExternalId:
                _user.SetExternalId(text);
                break;
            case PathRole.UserName:
                _user.SetUserName(text);
                break;
            case PathRole.Manager or PathRole.ManagerValue:
                _user.SetManager(text);
                break;
            case PathRole.DisplayName:
                _hasDisplayName = text.Length > 0;
                break;
        }
    }

    private bool IsVerified(ReadOnlySpan<byte> domain)
    {
        if (_lastDomain is not null && AsciiText.EqualsIgnoreCase(domain, _lastDomain))
        {
            return true;
        }

        foreach (byte[] verified in _domains!)
        {
            if (AsciiText.EqualsIgnoreCase(domain, verified))
            {
                _lastDomain = verified;
                return true;
            }
        }

        return false;
    }

    // Into the buffer; -1 for half a surrogate pair, for which the document is refused before it is sent.
    private int Unescape(ref Utf8JsonReader reader)
    {
        if (_buffer.Length < reader.ValueSpan.Length)
        {
            _buffer = new byte[reader.ValueSpan.Length * 2];
        }

        try
        {
            return reader.CopyString(_buffer);
        }
        catch (InvalidOperationException)
        {
            return -1;
        }
    }

    private void Report(
        CheckRule rule, string attribute, TargetAttribute? target, bool isWarning, FindingScope scope, string detail)
    {
        if (Applies(rule))
        {
            _user.Findings.Add(new UserFinding(
                rule, isWarning ? FindingSeverity.Warning : rule.Severity, scope, attribute, target?.Name, detail));
        }
    }

    private string NameOf(PathNode? node, ReadOnlySpan<byte> data)
    {
        if (node is not null)
        {
            return node.Path;
        }

        var path = new StringBuilder();
        for (int i = 0; i < _names.Count; i++)
        {
            string name = Encoding.UTF8.GetString(data.Slice(_names[i].Start, _names[i].Length).ToArray());
            path.Append(i == 0 ? string.Empty : i == 1 && ScimSchemas.IsUrn(path.ToString()) ? ":" : ".").Append(name);
        }

        return path.ToString();
    }

    // XK stands for Kosovo where countries are chosen from Microsoft's lists.
    private static bool IsCountryCode(ReadOnlySpan<byte> text) =>
        text.Length == 2 && (CountryCodes.IsAssigned((char)text[0], (char)text[1]) || AsciiText.EqualsIgnoreCase(text, "XK"));

    private static bool IsCountry(ReadOnlySpan<byte> text) =>
        // Graph's page has UK beside US as an example of country, and Microsoft's samples use it.
        IsCountryCode(text) || AsciiText.EqualsIgnoreCase(text, "UK");

    private static bool IsDate(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 10 or > 64 || text[4] != (byte)'-' || (text.Length > 10 && text[10] is not ((byte)'T' or (byte)'t')))
        {
            return false;
        }

        Span<byte> normal = stackalloc byte[128];
        return DateTimeText.TryNormalize(text, normal, out _);
    }

    private static bool EndsWith(ReadOnlySpan<byte> name, string end) =>
        name.Length >= end.Length && AsciiText.EqualsIgnoreCase(name.Slice(name.Length - end.Length), end);

    private static int LengthOf(ReadOnlySpan<byte> utf8)
    {
        int units = 0;
        foreach (byte one in utf8)
        {
            // The first byte of a letter counts one unit, that of four bytes two.
            units += (one & 0xC0) == 0x80 ? 0 : one >= 0xF0 ? 2 : 1;
        }

        return units;
    }

    private static string Shown(ReadOnlySpan<byte> text) => ": " + Quoted(text);

    private static string Quoted(ReadOnlySpan<byte> text)
    {
        string whole = Encoding.UTF8.GetString(text.ToArray());
        return whole.Length <= MostShown ? $"'{whole}'" : $"'{whole.Substring(0, MostShown - 3)}...'";
    }
}
