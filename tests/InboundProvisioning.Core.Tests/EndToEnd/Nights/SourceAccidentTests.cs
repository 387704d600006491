using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using InboundProvisioning.Core.Tests.Sync;
using InboundProvisioning.Csv;
using InboundProvisioning.Sync;

namespace InboundProvisioning.Core.Tests.EndToEnd.Nights;

/// <summary>Files that are not what they should be, at many sizes: none of them changes anybody.</summary>
public sealed class SourceAccidentTests : IClassFixture<EmulatedService>
{
    // The people concerned are rejected or held back, and nobody else is changed.
    private const string Held = "";

    private static readonly int[] Sizes = [12, 60, 3000];

    private readonly EmulatedService _service;

    public SourceAccidentTests(EmulatedService service)
    {
        _service = service;
    }

    public static TheoryData<string, int, string> Accidents
    {
        get
        {
            var data = new TheoryData<string, int, string>();
            data.Add("other company's, same numbers", 8, "OtherPeople");
            foreach (int size in Sizes)
            {
                // A large one is for what counts people.
                if (size > 1000)
                {
                    data.Add("half the rows", size, "HalfOfPeople");
                    data.Add("UTF-8 read as Latin-1", size, "EncodingChanged");
                    data.Add("written in Latin-1", size, "RejectLimitExceeded");
                    data.Add("yesterday's, copied", size, "SourceRepeated");
                    data.Add("other company's, same numbers", size, "OtherPeople");
                    data.Add("key without zeros", size, "KeyFormChanged");
                    continue;
                }

                data.Add("emptied", size, "EmptyFile");
                data.Add("header only", size, "SourceEmpty");
                data.Add("header without line break", size, "SourceEmpty");
                data.Add("zeros", size, "InvalidEncoding");
                data.Add("renamed column", size, "ColumnNotFound");
                data.Add("renamed status", size, "ColumnNotFound");
                data.Add("header gone", size, "ColumnNotFound");
                data.Add("semicolons", size, "ColumnNotFound");
                data.Add("tabs", size, "ColumnNotFound");
                data.Add("web page", size, "NotCsv");
                data.Add("half the rows", size, "HalfOfPeople");
                data.Add("UTF-8 read as Latin-1", size, size < 20 ? Held : "EncodingChanged");
                data.Add("UTF-8 read as windows-1252", size, size < 20 ? Held : "EncodingChanged");
                data.Add("written in Latin-1", size, size < 20 ? Held : "RejectLimitExceeded");
                data.Add("yesterday's, by its time", size, "SourceTooOld");
                data.Add("yesterday's, copied", size, "SourceRepeated");
                data.Add("other company's", size, "HalfOfPeople");
                data.Add("other company's, same numbers", size, "OtherPeople");
                data.Add("key without zeros", size, "KeyFormChanged");
                data.Add("key with more zeros", size, "KeyFormChanged");
                data.Add("key with blanks", size, "SourceEmpty");
                data.Add("key with prefix", size, "HalfOfPeople");
                data.Add("all left", size, "HalfOfPeople");
                data.Add("status in other words", size, "HalfOfPeople");
                data.Add("columns shifted", size, "HalfOfPeople");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Accidents))]
    public async Task An_accident_of_the_source_sends_nothing_and_changes_nobody(string accident, int size, string errorId)
    {
        using var company = new Company(_service.Upload);
        List<Worker> people = Worker.Many(size);
        await company.BaselineAsync(people);
        byte[] first = HrFile.Bytes(people);
        people[1] = people[1] with { Title = "Lead" };
        people[2] = people[2] with { IsActive = false };
        people.Add(Worker.Of(size + 1));
        Assert.Equal(SyncStatus.Completed, (await company.NextAsync(people)).Result!.Status);
        Dictionary<long, bool> before = company.People();
        int uploads = _service.Uploads;

        company.Clock.Advance(TimeSpan.FromDays(1));
        Damage(company, accident, people, first);
        Night night = await company.RunAsync();

        if (errorId == Held)
        {
            Assert.Empty(night.ErrorIds);
            Assert.Equal(4, night.Result!.ExitCode);
        }
        else
        {
            Assert.Equal(SyncStatus.Stopped, night.Result!.Status);
            Assert.Equal(2, night.Result.ExitCode);
            Assert.Contains(errorId, night.ErrorIds);
        }

        Assert.Equal(uploads, _service.Uploads);
        Assert.Equal(before, company.People());

        // Mended, it goes on as if nothing had been.
        company.Options = company.Options with { Csv = new CsvFileOptions() };
        Assert.Equal(SyncStatus.NothingToDo, (await company.NextAsync(people)).Result!.Status);
    }

    [Theory]
    [InlineData(12)]
    [InlineData(300)]
    public async Task The_case_of_a_key_does_not_count(int size)
    {
        using var company = new Company(_service.Upload);
        List<Worker> people = Worker.Many(size, prefix: "ab");
        await company.BaselineAsync(people);

        Night night = company.PlanNext(HrFile.Bytes(people.Select(static one => one with { Id = one.Id.ToUpperInvariant() })));

        Assert.Equal((0, 0, 0), (night.Plan!.New, night.Plan.Missing, night.Plan.Deactivated));
        Assert.Equal(size, night.Plan.Changed);
    }

    [Theory]
    [InlineData(12, "\n")]
    [InlineData(60, "\r\n")]
    [InlineData(300, "\n")]
    [InlineData(3000, "\n")]
    public async Task A_file_that_breaks_off_anywhere_changes_nobody(int size, string lineBreak)
    {
        using var company = new Company();
        List<Worker> people = Worker.Many(size);
        byte[] whole = Encoding.UTF8.GetBytes(HrFile.Text(people, lineBreak: lineBreak));
        await company.BaselineAsync(people);
        await company.NextAsync(whole);
        company.Clock.Advance(TimeSpan.FromDays(1));
        var random = new Random(size);

        // Each byte of the last rows and of the header, and some between.
        int[] cuts = [.. Enumerable.Range(0, 20).Select(place => place * HrFile.Header.Length / 19), .. Enumerable.Range(whole.Length - 80, 80), .. Enumerable.Range(0, size == 3000 ? 10 : 40).Select(_ => random.Next(whole.Length))];
        var seen = new List<string>();
        foreach (int cut in cuts.Distinct())
        {
            company.Export(whole[..cut]);
            Night night = company.Plan();
            bool isBehindRow = cut > 0 && whole[cut - 1] is (byte)'\n' or (byte)'\r';
            bool isWhole = cut == whole.Length - 1 && lineBreak.Length == 2;

            // Behind a row a file that breaks off is a file with fewer people; the limits look after that.
            if (night.Plan!.Stops.Count == 0 && !isWhole && !(isBehindRow && night.Plan.Missing is > 0 and <= 150))
            {
                seen.Add($"{cut} of {whole.Length}: {night.Plan.Missing} missing");
            }

            if (night.Plan.Stops.Count == 0)
            {
                Assert.Equal((0, 0, 0, 0), (night.Plan.Records, night.Plan.Deactivated, night.Plan.Changed, night.Plan.New));
            }
        }

        Assert.Empty(seen);
    }

    [Fact]
    public async Task A_file_of_a_source_that_never_ends_with_a_line_break_is_cut_without_a_person_more()
    {
        using var company = new Company();
        List<Worker> people = Worker.Many(300);
        byte[] whole = Encoding.UTF8.GetBytes(HrFile.Text(people).TrimEnd('\n'));
        await company.BaselineAsync(whole);
        await company.NextAsync(whole);
        company.Clock.Advance(TimeSpan.FromDays(1));
        var seen = new List<string>();
        for (int cut = whole.Length - 120; cut < whole.Length; cut++)
        {
            company.Export(whole[..cut]);
            Night night = company.Plan();
            if (night.Plan!.Stops.Count == 0 && night.Plan.Records > 0)
            {
                seen.Add($"{cut} of {whole.Length}: {string.Join(", ", night.Changes)}");
            }
        }

        Assert.Empty(seen);
    }

    private static void Damage(Company company, string accident, List<Worker> people, byte[] first)
    {
        string text = HrFile.Text(people);
        switch (accident)
        {
            case "emptied":
                company.Export(string.Empty);
                break;
            case "header only":
                company.Export(HrFile.Header + "\n");
                break;
            case "header without line break":
                company.Export(HrFile.Header);
                break;
            case "zeros":
                company.Export(new byte[text.Length]);
                break;
            case "renamed column":
                company.Export(text.Replace("WorkerID", "Worker Number"));
                break;
            case "renamed status":
                company.Export(text.Replace("Status", "State"));
                break;
            case "header gone":
                company.Export(text[(text.IndexOf('\n') + 1)..]);
                break;
            case "semicolons":
                company.Export(HrFile.Text(people, delimiter: ';'));
                break;
            case "tabs":
                company.Export(HrFile.Text(people, delimiter: '\t'));
                break;
            case "web page":
                company.Export("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Your session has expired.</body></html>\n");
                break;
            case "half the rows":
                company.Export(people.Take(people.Count / 2));
                break;
            case "UTF-8 read as Latin-1":
                company.Options = company.Options with { Csv = new CsvFileOptions { Encoding = Encoding.Latin1 } };
                company.Export(people);
                break;
            case "UTF-8 read as windows-1252":
                company.Options = company.Options with { Csv = new CsvFileOptions { Encoding = CodePagesEncodingProvider.Instance.GetEncoding(1252) } };
                company.Export(people);
                break;
            case "written in Latin-1":
                company.Export(Encoding.Latin1.GetBytes(text));
                break;
            case "yesterday's, by its time":
                company.Export(first);
                File.SetLastWriteTimeUtc(company.HrPath, company.Clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(2));
                break;
            case "yesterday's, copied":
                company.Export(first);
                break;
            case "other company's":
                company.Export(Worker.Many(people.Count, prefix: "F"));
                break;
            case "other company's, same numbers":
                company.Export(people.Select(static one => one with { UserName = "x" + one.UserName, GivenName = "Other" + one.GivenName }));
                break;
            case "key without zeros":
                company.Export(people.Select(static one => one with { Id = one.Id.TrimStart('0') }));
                break;
            case "key with more zeros":
                company.Export(people.Select(static one => one with { Id = "000" + one.Id }));
                break;
            case "key with blanks":
                company.Export(people.Select(static one => one with { Id = one.Id + "  " }));
                break;
            case "key with prefix":
                company.Export(people.Select(static one => one with { Id = "E" + one.Id }));
                break;
            case "all left":
                company.Export(people.Select(static one => one with { IsActive = false }));
                break;
            case "status in other words":
                company.Export(text.Replace(",Active", ",aktiv"));
                break;
            case "columns shifted":
                company.Export(text.Replace(HrFile.Header, "Status,WorkerID,GivenName,Surname,UserName,Title,Department,ManagerID"));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(accident), accident, null);
        }
    }
}
