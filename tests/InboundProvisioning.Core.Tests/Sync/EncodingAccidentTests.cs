using System.Text;
using InboundProvisioning.Sync.Changes;

namespace InboundProvisioning.Core.Tests.Sync;

public sealed class EncodingAccidentTests
{
    [Theory]
    [InlineData("Müller", 1252)]
    [InlineData("Österreich", 1252)]
    [InlineData("Çelik Şahin", 1254)]
    [InlineData("Łukasz", 28591)]
    [InlineData("Straße", 850)]
    [InlineData("佐藤 健", 437)]
    [InlineData("O’Brien 😀", 10000)]
    public void What_a_code_page_makes_of_UTF_8_is_told_in_both_directions(string right, int codePage)
    {
        Encoding encoding = codePage == 28591 ? Encoding.Latin1 : CodePagesEncodingProvider.Instance.GetEncoding(codePage)!;
        byte[] wrong = Token(encoding.GetString(Encoding.UTF8.GetBytes(right)));

        Assert.True(EncodingAccident.Is(Token(right), wrong));
        Assert.False(EncodingAccident.IsMended(Token(right), wrong));
        Assert.True(EncodingAccident.IsMended(wrong, Token(right)));
        Assert.False(EncodingAccident.Is(wrong, Token(right)));
    }

    [Theory]
    [InlineData("Müller", "M\uFFFDller", true)]
    [InlineData("Müller", "Mueller", false)]
    [InlineData("Mueller", "Müller", false)]
    [InlineData("Jose", "José", false)]
    [InlineData("Müller", "Müller-Öztürk", false)]
    [InlineData("Smith", "Müller", false)]
    [InlineData("Éva", "Eva", false)]
    [InlineData("ü", "", false)]
    public void A_name_that_changes_is_none(string before, string after, bool isAccident) =>
        Assert.Equal((isAccident, false), (EncodingAccident.Is(Token(before), Token(after)), EncodingAccident.IsMended(Token(before), Token(after))));

    private static byte[] Token(string text) => Encoding.UTF8.GetBytes("\"" + text + "\"");
}
