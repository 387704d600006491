using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading;

namespace InboundProvisioning.Emulator.Users;

/// <summary>
/// The users of the tenant. It refuses sign-in names as Microsoft Entra does. Hold <see cref="Gate"/> over a look-up and the change that follows.
/// </summary>
internal sealed partial class UserDirectory(IEnumerable<string> verifiedDomains)
{
    private readonly HashSet<string> _domains = new(verifiedDomains, StringComparer.OrdinalIgnoreCase);
    private readonly List<DirectoryUser> _users = [];
    private readonly Dictionary<Guid, DirectoryUser> _byId = [];
    private readonly Dictionary<string, Dictionary<string, DirectoryUser>> _indexes = new(StringComparer.OrdinalIgnoreCase);

    public Lock Gate { get; } = new();

    public int Count
    {
        get
        {
            lock (Gate)
            {
                return _users.Count;
            }
        }
    }

    /// <summary>The user with a value, in any case, or null.</summary>
    public DirectoryUser? Find(string attribute, string value)
    {
        lock (Gate)
        {
            if (!_indexes.TryGetValue(attribute, out Dictionary<string, DirectoryUser>? index))
            {
                index = new(StringComparer.OrdinalIgnoreCase);
                foreach (DirectoryUser user in _users)
                {
                    if (user.Attributes.TryGetValue(attribute, out string? known))
                    {
                        index.TryAdd(known, user);
                    }
                }

                _indexes.Add(attribute, index);
            }

            return index.GetValueOrDefault(value);
        }
    }

    public DirectoryUser? WithId(Guid id)
    {
        lock (Gate)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    public void Add(DirectoryUser user)
    {
        lock (Gate)
        {
            _users.Add(user);
            _byId.Add(user.Id, user);
            foreach ((string attribute, Dictionary<string, DirectoryUser> index) in _indexes)
            {
                if (user.Attributes.TryGetValue(attribute, out string? value))
                {
                    index.TryAdd(value, user);
                }
            }
        }
    }

    /// <param name="user">A user of this directory.</param>
    /// <param name="changes">Attributes with their new value, or null to clear.</param>
    /// <param name="sourceId">The externalId of the record.</param>
    public void Change(DirectoryUser user, IEnumerable<KeyValuePair<string, string?>> changes, string sourceId)
    {
        lock (Gate)
        {
            user.SetSource(sourceId);
            foreach ((string attribute, string? value) in changes)
            {
                if (_indexes.TryGetValue(attribute, out Dictionary<string, DirectoryUser>? index))
                {
                    if (user.Attributes.TryGetValue(attribute, out string? before))
                    {
                        index.Remove(before);
                    }

                    if (value is not null)
                    {
                        index.TryAdd(value, user);
                    }
                }

                user.Set(attribute, value);
            }
        }
    }

    /// <summary>
    /// Whether a sign-in name has the form and the verified domain that Microsoft Entra wants:
    /// https://learn.microsoft.com/entra/identity/hybrid/connect/plan-connect-userprincipalname
    /// </summary>
    public bool Allows(string userPrincipalName) =>
        Name.Match(userPrincipalName) is { Success: true } match && _domains.Contains(match.Groups["domain"].Value);

    public IReadOnlyList<UserState> ToState()
    {
        lock (Gate)
        {
            return [.. _users.Select(user => new UserState(user.Id, user.Manager, new Dictionary<string, string>(user.Attributes), user.SourceId))];
        }
    }

    public IReadOnlyList<JsonObject> ToJson()
    {
        lock (Gate)
        {
            return [.. _users.Select(user => user.ToJson())];
        }
    }

    /// <summary>The users as their source knows them.</summary>
    public IReadOnlyList<DirectoryEntry> ToEntries()
    {
        lock (Gate)
        {
            return
            [
                .. _users.Select(user => new DirectoryEntry(
                    user.SourceId,
                    user.Attributes.GetValueOrDefault("accountEnabled") == "True",
                    user.Manager is { } manager ? _byId.GetValueOrDefault(manager)?.SourceId : null,
                    new Dictionary<string, string>(user.Attributes, StringComparer.OrdinalIgnoreCase))),
            ];
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9'._!#^~-]{1,64}@(?<domain>[A-Za-z0-9.-]+)$", RegexOptions.CultureInvariant)]
    private static partial Regex Name { get; }
}
