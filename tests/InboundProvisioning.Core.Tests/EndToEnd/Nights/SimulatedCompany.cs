using System;
using System.Collections.Generic;
using System.Linq;
using InboundProvisioning.Core.Tests.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>
/// A company day by day, seeded: joiners, leavers (most are marked and stay in the export for a year, some are dropped at once), movers,
/// names, a reorganisation a quarter, week-ends on which nothing happens.
/// </summary>
internal sealed class SimulatedCompany
{
    private const double JoinersADay = 0.15 / 260;
    private const double LeaversADay = 0.13 / 260;
    private const double MoversADay = 0.25 / 260;
    private const double NamesADay = 0.01 / 260;

    private readonly Random _random;
    private readonly List<(Worker Worker, int LeftOn)> _people;
    private int _last;

    public SimulatedCompany(int size, int seed)
    {
        _random = new Random(seed);
        _last = size;
        _people = [.. Worker.Many(size).Select(static one => (one, -1))];
    }

    /// <summary>The export of now.</summary>
    public IEnumerable<Worker> Export => _people.Select(static one => one.Worker);

    /// <summary>How many work there.</summary>
    public int Active => _people.Count(static one => one.LeftOn < 0);

    /// <summary>A day passes; day 0 is a Monday.</summary>
    /// <param name="day">Its number.</param>
    public void Live(int day)
    {
        if (day % 7 >= 5)
        {
            return;
        }

        double size = Active;
        Times(size * JoinersADay * (day % 30 < 5 ? 3 : 0.6), Join);
        Times(size * LeaversADay * (day % 30 > 26 ? 4 : 0.7), () => Leave(day));
        Times(size * MoversADay, () => Change(static (one, random) => one with { Title = "Title " + random.Next(40), Department = "Department " + random.Next(7), Manager = one.Manager }));
        Times(size * NamesADay, () => Change(static (one, random) => one with { Surname = "Married" + random.Next(10_000), UserName = "m" + random.Next() + "@contoso.com" }));
        if (day % 91 == 40)
        {
            Reorganise();
        }

        // Each January the leavers of the year before go out of the export.
        _people.RemoveAll(one => one.LeftOn >= 0 && day - one.LeftOn > 365);
    }

    /// <summary>A company of a fifth of its size comes in.</summary>
    public void Merge()
    {
        int count = Active / 5;
        for (int i = 0; i < count; i++)
        {
            Join();
        }
    }

    /// <summary>All leavers that are still in the export go out of it.</summary>
    public int Purge() => _people.RemoveAll(static one => one.LeftOn >= 0);

    private void Join()
    {
        _people.Add((Worker.Of(++_last) with { Title = "Title " + _random.Next(40) }, -1));
    }

    private void Leave(int day)
    {
        int place = Pick();
        if (_random.Next(4) == 0)
        {
            _people.RemoveAt(place);
        }
        else
        {
            _people[place] = (_people[place].Worker with { IsActive = false }, day);
        }
    }

    private void Change(Func<Worker, Random, Worker> change)
    {
        int place = Pick();
        _people[place] = (change(_people[place].Worker, _random), -1);
    }

    // A department gets another name and another head.
    private void Reorganise()
    {
        string department = "Department " + _random.Next(7);
        string name = "Division " + _random.Next(1000);
        string head = _people[Pick()].Worker.Id;
        for (int place = 0; place < _people.Count; place++)
        {
            (Worker worker, int leftOn) = _people[place];
            if (worker.Department == department && leftOn < 0)
            {
                _people[place] = (worker with { Department = name, Manager = head }, leftOn);
            }
        }
    }

    private int Pick()
    {
        int place;
        do
        {
            place = _random.Next(_people.Count);
        }
        while (_people[place].LeftOn >= 0);

        return place;
    }

    private void Times(double expected, Action action)
    {
        int times = (int)expected + (_random.NextDouble() < expected - Math.Floor(expected) ? 1 : 0);
        for (int i = 0; i < times; i++)
        {
            action();
        }
    }
}
