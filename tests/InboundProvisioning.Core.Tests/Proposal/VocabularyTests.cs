using System;
using System.Linq;
using InboundProvisioning.Proposal;

namespace InboundProvisioning.Core.Tests.Proposal;

public class VocabularyTests
{
    [Theory]
    [InlineData("HireDate", "hire date")]
    [InlineData("HIRE_DATE", "hire date")]
    [InlineData("hire-date ", "hire date")]
    [InlineData("HRStatus", "hr status")]
    [InlineData("Address1", "address 1")]
    [InlineData("Supervisor's Name", "supervisor name")]
    [InlineData("Supervisor’s Name", "supervisor name")]
    [InlineData("Employee #", "employee #")]
    [InlineData("N° matricule", "no matricule")]
    [InlineData("Straße", "strasse")]
    [InlineData("Imię", "imie")]
    [InlineData("Przełożony", "przelozony")]
    [InlineData("Prénom", "prenom")]
    [InlineData("Ｅｍａｉｌ", "email")]
    [InlineData("ﾌﾘｶﾞﾅ", "フリガナ")]
    [InlineData("ログインID", "ログイン id")]
    [InlineData("", "")]
    [InlineData("\uD800", "")]
    public void A_name_is_the_same_words_however_it_is_written(string name, string words) => Assert.Equal(words, string.Join(' ', HeaderWords.Of(name)));

    [Theory]
    [InlineData("Personalnummer", "EMPLOYEE ID")]
    [InlineData("Mitarbeitername", "EMPLOYEE NAME")]
    [InlineData("Geburtsort", "BIRTH CITY")]
    [InlineData("Geschaeftsbereich", "DIVISION")]
    [InlineData("LASTNAME", "FAMILY NAME")]
    [InlineData("SurName", "FAMILY")]
    [InlineData("上司社員番号", "MANAGER EMPLOYEE ID")]
    [InlineData("部署名", "DEPARTMENT NAME")]
    [InlineData("Zip Code", "ZIP CODE")]
    [InlineData("E-Mail", "EMAIL")]
    public void Compounds_and_phrases_are_known_by_their_parts(string name, string meanings)
    {
        HeaderMeaning reading = Vocabulary.Default.Read(name)[0];

        Assert.Equal(0, reading.Unknown);
        Assert.Equal(meanings.Split(' ').Order(StringComparer.Ordinal), reading.Meanings.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_word_that_is_not_known_is_counted_not_guessed()
    {
        HeaderMeaning reading = Vocabulary.Default.Read("Zorblax Phone")[0];

        Assert.Equal(1, reading.Unknown);
        Assert.Equal(["PHONE"], reading.Meanings);
        Assert.True(NameRules.Match([reading])["phoneNumbers.work.value"] < 70);
    }

    [Theory]
    [InlineData("Emergency Phone")]
    [InlineData("Previous Last Name")]
    [InlineData("Manager Email")]
    [InlineData("Date of Birth")]
    [InlineData("Address Line 2")]
    [InlineData("Probation End Date")]
    [InlineData("Job Code")]
    public void A_name_that_means_something_more_is_none_of_the_attributes(string name) => Assert.Empty(NameRules.Match(Vocabulary.Default.Read(name)));

    [Fact]
    public void A_word_of_two_meanings_has_two_readings() =>
        Assert.Equal(["active", "addresses.work.region"], NameRules.Match(Vocabulary.Default.Read("Estado")).Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void The_words_of_the_table_are_written_as_names_are_read() => Assert.DoesNotContain(Vocabulary.Default.Words, static word =>
        word != "#" && !HeaderWords.Of(word.Replace('_', ' ')).SequenceEqual(word.Split('_')));

    [Fact]
    public void Each_rule_is_of_an_attribute_that_a_mapping_can_have() =>
        Assert.Empty(EmbeddedLines.Read("Rules.txt").Select(static line => new NameRule(line).Target).Except(ScimTarget.Order));
}
