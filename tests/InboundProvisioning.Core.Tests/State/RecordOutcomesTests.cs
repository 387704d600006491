using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.State;

namespace InboundProvisioning.Core.Tests.State;

/// <summary>The outcomes that a state keeps, and who goes again when.</summary>
public sealed class RecordOutcomesTests
{
    private const string Id = "00002";

    [Fact]
    public async Task A_failure_that_may_mend_itself_goes_again_after_one_two_four_and_eight_nights()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset night = company.Clock.GetUtcNow();
        var sent = new List<int>();
        for (int number = 0; number < 40; number++)
        {
            if (number == 0 || state.Outcomes.Due(night, maximumAttempts: 5).Count > 0)
            {
                Send(state, night);
                sent.Add(number);
            }

            // The cycle comes an hour later; the service itself tries again each day, and its events say so.
            state.Outcomes.Settle([Failed(night + TimeSpan.FromHours(1), mayMend: true)]);
            night += TimeSpan.FromDays(1);
        }

        Assert.Equal([0, 1, 3, 7, 15], sent);
        ProvisioningRecord record = Find(state);
        Assert.Equal((RecordStatus.Failed, 5), (record.Status, record.Attempts));
    }

    [Fact]
    public async Task A_failure_at_the_end_of_time_is_one_like_any_other()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        Send(state, company.Clock.GetUtcNow());

        Assert.Single(state.Outcomes.Settle([Failed(DateTimeOffset.MaxValue, mayMend: true)]));
        Assert.Equal(RecordStatus.Failed, Find(state).Status);
        Assert.Empty(state.Outcomes.Due(company.Clock.GetUtcNow(), maximumAttempts: 5));
    }

    [Fact]
    public async Task The_same_failure_is_news_once_and_another_one_is_news_again()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset now = company.Clock.GetUtcNow();
        Send(state, now);

        Assert.Single(state.Outcomes.Settle([Failed(now.AddHours(1), mayMend: true)]));
        Assert.Empty(state.Outcomes.Settle([Failed(now.AddHours(7), mayMend: true)]));
        Send(state, now.AddDays(1));
        Assert.Equal(RecordStatus.Open, Find(state).Status);
        Assert.Empty(state.Outcomes.Settle([Failed(now.AddDays(1).AddHours(1), mayMend: true)]));
        Assert.Single(state.Outcomes.Settle([Failed(now.AddDays(2), mayMend: false) with { ErrorCode = "Other" }]));
        Assert.Null(Find(state).NextAttemptOn);
    }

    [Fact]
    public async Task The_newest_event_counts_in_whatever_order_they_come()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset now = company.Clock.GetUtcNow();
        Send(state, now);

        state.Outcomes.Settle([Failed(now.AddHours(1), mayMend: true)]);
        IReadOnlyList<LoggedOutcome> news = state.Outcomes.Settle([Succeeded(now.AddHours(7)), Failed(now.AddHours(2), mayMend: true), Succeeded(now.AddHours(-1))]);

        Assert.Equal(RecordStatus.Succeeded, news.Single().Status);
        ProvisioningRecord record = Find(state);
        Assert.Equal((RecordStatus.Succeeded, now.AddHours(7), null), (record.Status, record.OutcomeOn!.Value, record.ErrorCode));
        Assert.Null(state.Outcomes.OldestUnsettled());
    }

    [Fact]
    public async Task What_happened_before_the_record_was_accepted_is_of_another_record()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset now = company.Clock.GetUtcNow();
        Send(state, now);

        Assert.Empty(state.Outcomes.Settle([Failed(now.AddSeconds(-2), mayMend: true), Failed(now.AddMilliseconds(999), mayMend: true), Failed(now.AddHours(1), mayMend: true) with { ExternalId = "stranger" }]));
        Assert.Equal((RecordStatus.Open, 1L), (Find(state).Status, state.Outcomes.CountOpen(run: null)));
    }

    [Fact]
    public async Task Another_record_of_the_person_begins_anew()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset now = company.Clock.GetUtcNow();
        Send(state, now);
        state.Outcomes.Settle([Failed(now.AddHours(1), mayMend: true)]);
        Send(state, now.AddDays(1));
        Assert.Equal(2, Find(state).Attempts);

        Send(state, now.AddDays(2), title: "Director");
        Assert.Equal((RecordStatus.Open, 1), (Find(state).Status, Find(state).Attempts));
        Assert.Single(state.Outcomes.Settle([Failed(now.AddDays(2).AddHours(1), mayMend: true)]));
    }

    [Fact]
    public async Task The_service_s_words_are_not_kept_where_no_personal_data_are()
    {
        using var company = new Company();
        company.Settings = company.Settings with { StateContent = StateContent.Fingerprint };
        await company.BaselineAsync(Worker.Many(5));
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset now = company.Clock.GetUtcNow();
        Send(state, now);

        state.Outcomes.Settle([Failed(now.AddHours(1), mayMend: true)]);

        Assert.Equal(("Code", null), (Find(state).ErrorCode, Find(state).Reason));
    }

    [Fact]
    public async Task A_leaver_who_cannot_be_disabled_goes_again_whatever_the_code_says()
    {
        using Company company = await Begin();
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset now = company.Clock.GetUtcNow();
        Send(state, now, active: false);

        state.Outcomes.Settle([Failed(now.AddHours(1), mayMend: false)]);

        Assert.Equal([PersonKey.Of(Id)], state.Outcomes.Due(now.AddDays(2), maximumAttempts: 5));
        Assert.Empty(state.Outcomes.Due(now.AddDays(2), maximumAttempts: 1));
    }

    [Fact]
    public async Task Many_people_are_read_in_parts_and_each_once()
    {
        using Company company = await Begin(size: 2500);
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        var read = new Dictionary<string, ProvisioningRecord>();

        state.Outcomes.Read(since: null, record => read.TryAdd(record.ExternalId, record));

        Assert.Equal(2500, read.Count);
        Assert.All(read.Values, static record => Assert.Equal((RecordStatus.Baseline, null), (record.Status, record.Action)));
        int some = 0;
        state.Outcomes.Read(since: null, _ => ++some < 10);
        Assert.Equal(10, some);
    }

    [Fact]
    public async Task Only_those_of_whom_something_happened_since_are_read_and_those_in_trouble()
    {
        using Company company = await Begin(size: 2500);
        using SqliteState state = SqliteState.Open(company.StatePath, writes: true, checks: true);
        DateTimeOffset now = company.Clock.GetUtcNow().AddDays(1);
        string other = PeopleOf(state).First(static id => id != Id);
        Send(state, now);
        state.Outcomes.KeepHeld([(PersonKey.Of(other), other, "MassChange")], run: 1, now.AddDays(-1));

        Assert.Equal(Sorted(Id, other), Sorted(PeopleOf(state, now)));
        Assert.Equal([other], PeopleOf(state, now.AddSeconds(1)));

        state.Outcomes.Settle([Failed(now.AddHours(1), mayMend: true) with { Status = RecordStatus.Succeeded }]);

        Assert.Equal(Sorted(Id, other), Sorted(PeopleOf(state, now.AddHours(1))));
        Assert.Equal([other], PeopleOf(state, now.AddHours(2)));

        static string[] Sorted(params string[] ids) => [.. ids.Order(StringComparer.Ordinal)];

        static string[] PeopleOf(SqliteState state, DateTimeOffset? since = null)
        {
            var people = new List<string>();
            state.Outcomes.Read(since, record =>
            {
                people.Add(record.ExternalId);
                return true;
            });
            return [.. people];
        }
    }

    [Fact]
    public async Task A_state_of_the_first_version_becomes_one_of_today_and_keeps_its_people()
    {
        using Company company = await Begin();
        using (StateConnection old = StateConnection.Open(company.Path("old.db"), Microsoft.Data.Sqlite.SqliteOpenMode.ReadWriteCreate))
        {
            old.Execute(StateTables.Migrations[0]);
            old.Execute($"PRAGMA application_id = {StateTables.ApplicationId}; PRAGMA user_version = 1; INSERT INTO meta VALUES('Content', 'Record')");
            old.Execute($"ATTACH '{company.StatePath}' AS today");
            old.Execute("INSERT INTO shape SELECT * FROM today.shape; INSERT INTO record SELECT * FROM today.record");
            old.Execute(
                "INSERT INTO person(key, id, high, low, user_name, active, shape, record, accepted_at) SELECT key, id, high, low, user_name, active, shape, record, accepted_at FROM today.person");
        }

        using (SqliteState state = SqliteState.Open(company.Path("old.db"), writes: true, checks: true))
        {
            Assert.Equal(60, state.People);
            Assert.Equal(RecordStatus.Baseline, Find(state).Status);
        }

        using SqliteState copy = SqliteState.Open(company.Path("old.db.copy1"), writes: true, checks: true);
        Assert.Equal(60, copy.People);
    }

    private static async Task<Company> Begin(int size = 60)
    {
        var company = new Company();
        await company.BaselineAsync(Worker.Many(size));
        return company;
    }

    private static void Send(SqliteState state, DateTimeOffset at, string title = "Engineer", bool active = true)
    {
        string body = $$$"""{"Operations":[{"data":{"externalId":"{{{Id}}}","userName":"u2@contoso.com","active":{{{(active ? "true" : "false")}}},"title":"{{{title}}}"}}]}""";
        long request = state.Begin(state.BeginRun(at), Encoding.UTF8.GetBytes(body), 1, at);
        state.Settle(request, new RequestOutcome(RequestState.Accepted, 202, "r", at, null, Attempts: 1));
    }

    private static ProvisioningRecord Find(SqliteState state) => state.Outcomes.Find(PersonKey.Of(Id))!;

    private static LoggedOutcome Failed(DateTimeOffset on, bool mayMend) => new(Id, RecordStatus.Failed, on, "update", "Code", "It does not work.", "Try.", mayMend);

    private static LoggedOutcome Succeeded(DateTimeOffset on) => new(Id, RecordStatus.Succeeded, on, "update", null, null, null, MayMend: false);
}
