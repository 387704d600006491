using InboundProvisioning.Proposal;

namespace InboundProvisioning.Core.Tests.Proposal;

public class StatusWordsTests
{
    // The meaning as text: the enumeration is not public.
    [Theory]
    [InlineData("Active", "Active")]
    [InlineData("A", "Active")]
    [InlineData("ACTIVE - PAYROLL ELIGIBLE", "Active")]
    [InlineData("aktiv", "Active")]
    [InlineData("In servizio", "Active")]
    [InlineData("在職中", "Active")]
    [InlineData("Terminated", "Inactive")]
    [InlineData("T", "Inactive")]
    [InlineData("Ausgeschieden", "Inactive")]
    [InlineData("退職済", "Inactive")]
    [InlineData("ausgetreten", "Inactive")]
    [InlineData("Gekündigt", "Inactive")]
    [InlineData("sorti", "Inactive")]
    [InlineData("Partie", "Inactive")]
    [InlineData("Baja", "Inactive")]
    [InlineData("desligada", "Inactive")]
    [InlineData("cessato", "Inactive")]
    [InlineData("uit dienst", "Inactive")]
    [InlineData("Zwolniony", "Inactive")]
    [InlineData("退職", "Inactive")]
    [InlineData("退職者", "Inactive")]
    [InlineData("Inactive", "Inactive")]
    [InlineData("Active - left", "Inactive")]
    [InlineData("On leave", "OnLeave")]
    [InlineData("Elternzeit", "OnLeave")]
    [InlineData("ruhend", "OnLeave")]
    [InlineData("en congé", "OnLeave")]
    [InlineData("Not active", "Unknown")]
    [InlineData("nicht aktiv", "Unknown")]
    [InlineData("Suspended", "Unknown")]
    [InlineData("3", "Unknown")]
    [InlineData("Plan A", "Unknown")]
    [InlineData("", "Unknown")]
    public void A_word_says_who_works_or_nothing(string value, string meaning) => Assert.Equal(meaning, StatusWords.Read(value).ToString());

    [Theory]
    [InlineData("Yes", true)]
    [InlineData("ja", true)]
    [InlineData("Sí", true)]
    [InlineData("はい", true)]
    [InlineData("1", true)]
    [InlineData("Não", false)]
    [InlineData("0", false)]
    [InlineData("maybe", null)]
    public void Yes_and_no_are_known_in_each_language(string value, bool? answer) => Assert.Equal(answer, StatusWords.ReadBoolean(value));
}
