using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace InboundProvisioning.KillCampaign;

/// <summary>The people of a company, night after night.</summary>
internal sealed class People
{
    private readonly Random _random;
    private readonly List<(string Title, bool IsActive)> _people = [];

    public People(Random random, int count)
    {
        _random = random;
        for (int i = 0; i < count; i++)
        {
            _people.Add(("First", true));
        }
    }

    /// <summary>Everybody as they are now, by externalId.</summary>
    public IReadOnlyDictionary<string, (string Title, bool IsActive)> Now =>
        _people.Select((person, place) => (Id(place), person)).ToDictionary(static one => one.Item1, static one => one.person);

    /// <summary>A day goes by.</summary>
    /// <returns>How many people changed.</returns>
    public int Change()
    {
        int changes = 0;
        for (int place = 0; place < _people.Count; place++)
        {
            if (_random.Next(3) == 0)
            {
                _people[place] = (string.Create(CultureInfo.InvariantCulture, $"Title {_random.Next(1_000_000)}"), _random.Next(5) != 0);
                changes++;
            }
        }

        int joiners = _random.Next(8);
        for (int i = 0; i < joiners; i++)
        {
            _people.Add(("New", true));
        }

        return changes + joiners;
    }

    /// <summary>Writes the export.</summary>
    public void Write(string path) => File.WriteAllLines(
        path,
        _people.Select((person, place) => $"{Id(place)},{Id(place)}@contoso.com,{(person.IsActive ? "true" : "false")},{person.Title}")
            .Prepend("WorkerID,UserName,Active,Title"));

    private static string Id(int place) => string.Create(CultureInfo.InvariantCulture, $"P{place:D5}");
}
