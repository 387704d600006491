using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Csv;
using InboundProvisioning.Proposal;

namespace InboundProvisioning.Core.Tests.Proposal;

public sealed class MappingProposalTests : IDisposable
{
    private const string People = "Employee ID;First Name;Last Name;Status\n1;Zoë;Weiß;Active\n2;Jürgen;Müller;Active\n3;Łukasz;Kowalski;Left\n";
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(';', "utf8", " -Delimiter ';'")]
    [InlineData(',', "utf8", "")]
    [InlineData('\t', "utf8", " -Delimiter \"`t\"")]
    [InlineData('|', "utf8", " -Delimiter '|'")]
    [InlineData(';', "utf-16", " -Delimiter ';'")]
    [InlineData(';', "windows-1250", " -Delimiter ';' -Encoding windows-1250")]
    public void The_separator_and_the_encoding_are_found_and_said(char delimiter, string encoding, string parameters)
    {
        string path = Write(People.Replace(';', delimiter), encoding == "utf8" ? new UTF8Encoding(false) : TextEncodings.Parse(encoding));

        MappingProposal proposal = Propose(path);

        Assert.Equal(parameters, proposal.Layout.Parameters);
        Assert.Contains(encoding == "windows-1250" ? "a guess" : encoding, proposal.Layout.Found, StringComparison.Ordinal);
        Assert.Equal(encoding == "windows-1250", proposal.Warnings.Any(static warning => warning.Contains("no UTF-8", StringComparison.Ordinal)));
        Assert.Equal("Zoë", Of(proposal, "name.givenName").Example);
        Assert.Equal("Weiß", Of(proposal, "name.familyName").Example);
        Assert.Contains($"-Path <HR file>{parameters}", proposal.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Japanese_in_Shift_JIS_is_read_as_what_it_is()
    {
        string path = Write("社員番号,姓,名,在籍状況\n1001,山田,太郎,在職中\n1002,佐藤,花子,退職\n", TextEncodings.Parse("shift_jis"));

        MappingProposal proposal = Propose(path);

        Assert.Equal("shift_jis", proposal.Layout.EncodingName);
        Assert.Equal("社員番号", Of(proposal, "externalId").Column);
    }

    [Fact]
    public void The_header_is_found_below_the_title_of_a_report()
    {
        MappingProposal proposal = Propose(Write("Worker list\nPrinted on 2026-01-02\n\n" + People));

        Assert.Equal(4, proposal.Layout.Options.HeaderRow);
        Assert.Contains("-HeaderRow 4", proposal.Text, StringComparison.Ordinal);
        Assert.Equal(3, proposal.Rows);
    }

    [Fact]
    public void What_another_cmdlet_must_be_told_of_the_file_is_a_warning()
    {
        Assert.Contains(Propose(Write(People)).Warnings, static warning => warning.Contains("was read with -Delimiter ';': fields between semicolons, encoding utf8, header in line 1.", StringComparison.Ordinal));
        Assert.DoesNotContain(Propose(Write(People.Replace(';', ','))).Warnings, static warning => warning.Contains("was read with", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("1001,Zoe,zoe@contoso.com,2013-01-25\n1002,Jo,jo@contoso.com,2014-02-26\n", true)]
    [InlineData("Employee ID,First Name,Email,Hire Date\n1002,Jo,jo@contoso.com,2014-02-26\n", false)]
    public void A_file_without_a_header_is_told(string csv, bool isTold) => Assert.Equal(
        isTold, Propose(Write(csv)).Warnings.Any(static warning => warning.Contains("looks like data", StringComparison.Ordinal)));

    [Fact]
    public void A_line_sep_needs_no_parameter() => Assert.Equal(string.Empty, Propose(Write("sep=;\n" + People)).Layout.Parameters);

    [Fact]
    public void What_the_user_says_of_the_file_counts()
    {
        string path = Write(People);

        var proposal = MappingProposal.Create(path, new CsvFileOptions { Delimiter = ',' }, findsHeaderRow: false, urn: null, CancellationToken.None);

        Assert.Equal(',', proposal.Layout.Delimiter);
        Assert.Equal("Employee ID;First Name;Last Name;Status", Assert.Single(proposal.Attributes, static line => line.Column is not null).Column);
    }

    [Fact]
    public void Dates_that_fit_two_forms_are_left_out_and_asked()
    {
        MappingProposal proposal = Propose(Write("Employee ID,Hire Date,Birth Date\n1,03/04/2019,25/12/1980\n2,11/02/2020,01/02/1990\n"));

        AttributeProposal line = Of(proposal, "HireDate");
        Assert.Null(line.Mapping);
        Assert.True(line.Check);
        Assert.Equal(ProposalConfidence.Low, line.Confidence);
        string warning = Assert.Single(proposal.Warnings, static text => text.StartsWith("HireDate", StringComparison.Ordinal));
        Assert.Contains("d/M/yyyy and M/d/yyyy", warning, StringComparison.Ordinal);
        Assert.Contains("'Birth Date' are all d/M/yyyy", warning, StringComparison.Ordinal);
        Assert.Equal(2, Lines(proposal).Count(static text => text.StartsWith("# HireDate = ", StringComparison.Ordinal)));
        Assert.DoesNotContain(Lines(proposal), static text => text.StartsWith("HireDate", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2019-04-03", "2020-02-11", "yyyy-M-d")]
    [InlineData("13/04/2019", "11/02/2020", "d/M/yyyy")]
    [InlineData("04/13/2019", "11/02/2020", "M/d/yyyy")]
    [InlineData("20190403", "20200211", "yyyyMMdd")]
    public void A_date_is_read_by_the_form_that_all_rows_have(string one, string other, string format)
    {
        MappingProposal proposal = Propose(Write($"Employee ID,Hire Date\n1,{one}\n2,{other}\n3,\n4,0000-00-00\n5,9999-12-31\n"));

        AttributeProposal line = Of(proposal, "HireDate");
        Assert.Contains($"'{format}'", line.Mapping, StringComparison.Ordinal);
        Assert.False(line.Check);
        Assert.Contains("# No date: 0000-00-00, 9999-12-31 (2 rows) become null.", Lines(proposal));
    }

    [Fact]
    public void A_form_that_a_late_row_lacks_is_not_taken()
    {
        var text = new StringBuilder("Employee ID,Hire Date,Leave Date\n");
        for (int i = 0; i < 30_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i},{(i == 25_000 ? "25/01/2013" : "05/06/2013")},{(i == 25_000 ? "soon" : "05/13/2013")}\n");
        }

        MappingProposal proposal = Propose(Write(text.ToString()));

        Assert.Contains("'d/M/yyyy'", Of(proposal, "HireDate").Mapping, StringComparison.Ordinal);
        Assert.Null(Find(proposal, "LeaveDate"));
    }

    [Fact]
    public void A_year_of_two_digits_is_marked()
    {
        AttributeProposal line = Of(Propose(Write("Employee ID,Hire Date\n1,13/04/19\n2,11/02/20\n")), "HireDate");

        Assert.True(line.Check);
        Assert.Equal(ProposalConfidence.Low, line.Confidence);
    }

    [Fact]
    public void Active_and_externalId_are_never_without_a_mark_and_a_warning()
    {
        MappingProposal proposal = Propose(Write(People));

        Assert.All(["externalId", "active"], name => Assert.True(Of(proposal, name).Check));
        Assert.Contains(proposal.Warnings, static warning => warning.StartsWith("externalId is the column 'Employee ID'", StringComparison.Ordinal));
        Assert.Contains(proposal.Warnings, static warning => warning.StartsWith("active comes from 'Status': 'Active' (2), 'Left' (1). 1 would be disabled", StringComparison.Ordinal));
        Assert.Contains("#   'Active': 2, active", Lines(proposal));
        Assert.Contains("#   'Left': 1, not active", Lines(proposal));
    }

    [Fact]
    public void A_status_that_is_not_known_is_in_neither_list()
    {
        MappingProposal proposal = Propose(Write("Employee ID,Status\n1,Active\n2,On leave\n3,Terminated\n4,Purgatory\n5,\n"));

        string active = Of(proposal, "active").Mapping!;
        Assert.Contains("-in 'Active', 'On leave') { $true }", active, StringComparison.Ordinal);
        Assert.Contains("-in 'Terminated') { $false }", active, StringComparison.Ordinal);
        Assert.Contains("else { throw ", active, StringComparison.Ordinal);
        Assert.DoesNotContain("Purgatory", active, StringComparison.Ordinal);
        Assert.Equal(ProposalConfidence.Low, Of(proposal, "active").Confidence);
        Assert.Contains(proposal.Warnings, static warning => warning.Contains("2 rejected", StringComparison.Ordinal));
    }

    [Fact]
    public void A_status_whose_words_say_nothing_is_left_out()
    {
        MappingProposal proposal = Propose(Write("Employee ID,Employment Status\n1,3\n2,3\n3,0\n4,7\n"));

        Assert.Null(Of(proposal, "active").Mapping);
        Assert.Contains(proposal.Warnings, static warning => warning.Contains("for you to say which of them mean active", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Active", "true", "false", "'Active'")]
    [InlineData("Aktiv", "ja", "nein", "{\n    if ($_.Aktiv -in 'ja') { $true }\n    elseif ($_.Aktiv -in 'nein') { $false }")]
    [InlineData("Inactive", "no", "yes", "{\n    if ($_.Inactive -in 'no') { $true }\n    elseif ($_.Inactive -in 'yes') { $false }")]
    public void Yes_and_no_say_who_is_active(string column, string active, string inactive, string mapping) => Assert.StartsWith(
        mapping, Of(Propose(Write($"Employee ID,{column}\n1,{active}\n2,{active}\n3,{inactive}\n")), "active").Mapping, StringComparison.Ordinal);

    [Fact]
    public void Without_a_status_the_last_day_says_who_is_active()
    {
        MappingProposal proposal = Propose(Write("Employee ID,Leave Date\n1,\n2,2024-01-31\n3,9999-12-31\n"));

        AttributeProposal active = Of(proposal, "active");
        Assert.Equal(("Leave Date", ProposalConfidence.Low, true), (active.Column, active.Confidence, active.Check));
        Assert.Contains("-ge [datetime]::Today", active.Mapping, StringComparison.Ordinal);
        Assert.NotNull(Of(proposal, "LeaveDate").Mapping);
    }

    [Fact]
    public void Without_either_the_line_is_left_out()
    {
        MappingProposal proposal = Propose(Write("Employee ID,First Name\n1,Zoë\n2,Jo\n"));

        Assert.Null(Of(proposal, "active").Mapping);
        Assert.Contains("# active = $true", Lines(proposal));
        Assert.DoesNotContain(Lines(proposal), static line => line.StartsWith("active", StringComparison.Ordinal));
        Assert.Contains(proposal.Warnings, static warning => warning.StartsWith("active: no column", StringComparison.Ordinal));
    }

    [Fact]
    public void An_id_that_a_late_row_repeats_is_said()
    {
        var text = new StringBuilder("Employee ID,First Name\n");
        for (int i = 0; i < 30_000; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"E{(i == 25_000 ? 7 : i)},Jo\n");
        }

        MappingProposal proposal = Propose(Write(text.ToString()));

        Assert.Contains("1 of 30,000 values occur before", Of(proposal, "externalId").Reason, StringComparison.Ordinal);
        Assert.Contains("-RepeatedRecord", proposal.Warnings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_column_that_managers_are_named_by_is_the_id_of_a_person()
    {
        MappingProposal proposal = Propose(Write("ID,Person Code,Manager,Last Name\n1,A7,,Weiß\n2,B8,A7,Huber\n3,C9,A7,Roth\n4,D1,B8,Wolf\n"));

        Assert.Equal("Manager", Of(proposal, "manager.value").Column);
        Assert.Contains("2 of 2 different values are values of 'Person Code'", Of(proposal, "manager.value").Reason, StringComparison.Ordinal);
        Assert.True(Of(proposal, "manager.value").Check);
        Assert.Contains(proposal.Warnings, static warning => warning.StartsWith("manager: 'Manager' holds values of 'Person Code', but externalId is 'ID'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_manager_by_name_is_left_over() =>
        Assert.Null(Find(Propose(Write("Employee ID,Full Name,Manager\n1,Zoë Weiß,\n2,Jo Huber,Zoë Weiß\n3,Al Roth,Zoë Weiß\n")), "manager.value"));

    [Theory]
    [InlineData("Employee ID,Email\n1,a@contoso.com\n2,b@contoso.com\n", "'Email'", ProposalConfidence.Medium)]
    [InlineData("Employee ID,Login,Email\n1,a,a@contoso.com\n2,b,b@contoso.com\n", "{ $_.Login + '@contoso.com' }", ProposalConfidence.High)]
    [InlineData("Employee ID,First Name,Last Name\n1,Al,Roth\n2,Bo,Wolf\n", "{ ($_.'First Name' + '.' + $_.'Last Name').ToLowerInvariant().Replace(' ', '') + '@your-domain.example' }", ProposalConfidence.Low)]
    public void A_sign_in_name_that_the_file_does_not_have_is_made_and_marked(string csv, string mapping, ProposalConfidence confidence)
    {
        MappingProposal proposal = Propose(Write(csv));

        AttributeProposal line = Of(proposal, "userName");
        Assert.Equal((mapping, confidence, true), (line.Mapping, line.Confidence, line.Check));
        Assert.Contains(proposal.Warnings, static warning => warning.StartsWith("userName", StringComparison.Ordinal));
    }

    [Fact]
    public void Each_attribute_gets_one_column_and_two_as_good_are_marked()
    {
        MappingProposal proposal = Propose(Write("Employee ID,Work Email,Business Email\n1,a@contoso.com,x@contoso.com\n2,b@contoso.com,y@contoso.com\n"));

        AttributeProposal line = Of(proposal, "emails[type eq \"work\"].value");
        Assert.Equal(("Work Email", true), (line.Column, line.Check));
        Assert.Contains("'Business Email'", line.Reason, StringComparison.Ordinal);
        Assert.Null(Assert.Single(proposal.Attributes, static line => line.Column == "Business Email").Attribute);
    }

    [Fact]
    public void Columns_that_are_left_over_are_comments_until_a_urn_is_given()
    {
        string path = Write("Employee ID,Shoe Size,鍵,Locker Since\n1,40,a,2020-01-02\n2,41,b,2021-01-03\n");
        const string Urn = "urn:ietf:params:scim:schemas:extension:contoso:1.0:User";

        MappingProposal without = Propose(path);
        var with = MappingProposal.Create(path, new CsvFileOptions(), findsHeaderRow: true, Urn, CancellationToken.None);

        Assert.Contains("# 'ShoeSize' = 'Shoe Size'", Lines(without));
        Assert.Contains("# 'Column3' = '鍵'", Lines(without));
        Assert.Contains("'ShoeSize' = 'Shoe Size'", Lines(with));
        Assert.Contains("'Column3' = '鍵'", Lines(with));
        Assert.Contains($"'{Urn}' = @{{", Lines(with));
    }

    [Theory]
    [InlineData("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")]
    [InlineData("urn:ietf:params:scim:schemas:core:2.0:User")]
    [InlineData("contoso")]
    public void A_URN_that_is_not_ones_own_is_refused(string urn) => Assert.Equal(
        "InvalidSchemaUrn",
        Assert.Throws<InboundProvisioningException>(() => MappingProposal.Create(Write(People), new CsvFileOptions(), true, urn, CancellationToken.None)).ErrorId);

    [Fact]
    public void No_value_but_the_words_of_the_status_is_in_the_mapping()
    {
        MappingProposal proposal = Propose(Write("Employee ID,First Name,Status\n4711,Zoë,Active\n4712,Jo,Left\n"));

        Assert.DoesNotContain("4711", proposal.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Zoë", proposal.Text, StringComparison.Ordinal);
        Assert.Equal("4711", Of(proposal, "externalId").Example);
    }

    [Fact]
    public void White_space_around_values_is_said_with_the_parameter_that_takes_it_off()
    {
        MappingProposal proposal = Propose(Write("Employee ID,Status\n1,Active \n2, Left\n"));

        Assert.True(proposal.IsTrimmed);
        Assert.Contains(Lines(proposal), static line => line.EndsWith(" -Trim", StringComparison.Ordinal));
        Assert.Contains("-in 'Active')", Of(proposal, "active").Mapping, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_rows_is_proposed_by_names_alone_and_said()
    {
        MappingProposal proposal = Propose(Write("First Name,Last Name,Department\n"));

        Assert.Equal("First Name", Of(proposal, "name.givenName").Column);
        Assert.NotEqual(ProposalConfidence.High, Of(proposal, "name.givenName").Confidence);
        Assert.Contains(proposal.Warnings, static warning => warning.Contains("no rows", StringComparison.Ordinal));
    }

    [Fact]
    public void Rows_that_cannot_be_read_are_counted_and_do_not_stop_it()
    {
        MappingProposal proposal = Propose(Write("Employee ID,First Name\n1,Al\n2,Bo,Wolf,x\n3,Cy\n"));

        Assert.Equal(2, proposal.Rows);
        Assert.Contains(proposal.Warnings, static warning => warning.Contains("1 row cannot be read and was not looked at", StringComparison.Ordinal));
    }

    [Fact]
    public void The_name_that_people_see_is_made_of_first_and_last_name_where_no_column_has_it()
    {
        AttributeProposal made = Of(Propose(Write(People)), "displayName");

        Assert.Equal("{ ($_.'First Name' + ' ' + $_.'Last Name').Trim() }", made.Mapping);
        Assert.Null(made.Column);
        Assert.Equal("Display Name", Of(Propose(Write("Employee ID,First Name,Last Name,Display Name\n1,Al,Wolf,Al W.\n2,Bo,Berg,Bo B.\n")), "displayName").Column);

        MappingProposal without = Propose(Write("Employee ID,Status\n1,Active\n2,Left\n"));
        Assert.True(Of(without, "displayName").Check);
        Assert.Contains(without.Warnings, static warning => warning.StartsWith("displayName: no column has it", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Total: 3,,,,,", true)]
    [InlineData("3,,Wolf,,x@contoso.com,Active", false)]
    public void A_line_of_totals_at_the_end_is_told(string last, bool isTold)
    {
        MappingProposal proposal = Propose(Write($"Employee ID,First Name,Last Name,City,E-Mail,Status\n1,Al,Wolf,Bonn,a@contoso.com,Active\n2,Bo,Berg,Bonn,b@contoso.com,Active\n{last}\n"));

        Assert.Equal(isTold, proposal.Warnings.Any(static warning => warning.Contains("'Total: 3'. If it is no person, give -SkipLast 1", StringComparison.Ordinal)));
    }

    [Fact]
    public void People_with_a_second_row_cost_neither_the_managers_nor_the_sign_in_names()
    {
        string rows = string.Concat(Enumerable.Range(1, 20).Select(static i => $"{1000 + i},{(i == 1 ? string.Empty : "1001")},,p{i}@contoso.com,Active\n"));

        MappingProposal proposal = Propose(Write("Employee ID,Manager ID,Manager,Email - Work,Status\n" + rows + "1007,1001,,p7@contoso.com,Active\n"));

        Assert.Equal("Manager ID", Of(proposal, "manager.value").Column);
        Assert.Equal(ProposalConfidence.High, Of(proposal, "manager.value").Confidence);
        Assert.Equal("Email - Work", Of(proposal, "userName").Column);
    }

    [Fact]
    public void The_reading_can_be_stopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => MappingProposal.Create(Write(People), new CsvFileOptions(), true, null, stop.Token));
    }

    [Theory]
    [InlineData("x'y", "'x''y'")]
    [InlineData("x’y‘z", "'x’’y‘‘z'")]
    [InlineData("‚‛", "'‚‚‛‛'")]
    [InlineData("$(calc) `n", "'$(calc) `n'")]
    public void A_text_is_quoted_for_every_quote_that_PowerShell_knows(string text, string quoted) => Assert.Equal(quoted, PowerShellLiteral.Quote(text));

    [Theory]
    [InlineData("a\r\nRemove-Item x")]
    [InlineData("a\u2028Remove-Item x")]
    [InlineData("a\u0085Remove-Item x")]
    [InlineData("a\0b")]
    [InlineData("a\u202Eb")]
    public void A_comment_stays_in_its_line(string text)
    {
        string comment = PowerShellLiteral.Comment(text);

        Assert.DoesNotContain(comment, static letter => char.IsControl(letter) || letter is '\u2028' or '\u2029' or '\u202E');
        Assert.False(PowerShellLiteral.IsPlain(text));
    }

    private static AttributeProposal Of(MappingProposal proposal, string name) => Assert.Single(proposal.Attributes, line => Is(line, name));

    private static AttributeProposal? Find(MappingProposal proposal, string name) => proposal.Attributes.SingleOrDefault(line => Is(line, name));

    private static bool Is(AttributeProposal line, string name) => line.Attribute is { } path && (path == name || path.EndsWith(":" + name, StringComparison.Ordinal));

    private static List<string> Lines(MappingProposal proposal) => [.. proposal.Text.Split('\n').Select(static line => line.Trim())];

    private static MappingProposal Propose(string path) => MappingProposal.Create(path, new CsvFileOptions(), findsHeaderRow: true, urn: null, CancellationToken.None);

    private string Write(string text, Encoding? encoding = null)
    {
        string path = _directory.File(Guid.NewGuid().ToString("N") + ".csv");
        File.WriteAllText(path, text, encoding ?? new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return path;
    }
}
