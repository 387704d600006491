using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Core.Tests.Mapping;

public sealed class ColumnNameTests
{
    [Theory]
    [InlineData("Employee ID", "Employee ID")]
    [InlineData("Employee\u00A0ID", "Employee ID")]
    [InlineData("Employee\u202FID", "Employee ID")]
    [InlineData("Employee\u3000ID", "Employee ID")]
    [InlineData("Employee\tID", "Employee ID")]
    [InlineData("Employee\r\nID", "Employee ID")]
    [InlineData("Employee \u2028 ID", "Employee ID")]
    [InlineData("Employee  ID", "Employee ID")]
    [InlineData("\u00A0Employee ID \u2003", "Employee ID")]
    [InlineData("Employee\u200B ID", "Employee ID")]
    [InlineData("Employee \u200BID", "Employee ID")]
    [InlineData(" \u200B Employee ID", "Employee ID")]
    [InlineData("Employee ID \uFEFF ", "Employee ID")]
    [InlineData("\uFEFFEmployee ID", "Employee ID")]
    [InlineData("Employee\u00AD ID\u2060", "Employee ID")]
    [InlineData("\u202AEmployee ID\u202C", "Employee ID")]
    [InlineData("Employee ID\uFE0F\u034F\u3164\U000E0020\U000E0101", "Employee ID")]
    [InlineData("Employee\u0001 ID\u007F", "Employee ID")]
    [InlineData("Pre\u0301nom", "Pr\u00E9nom")]
    [InlineData("A", "A")]
    [InlineData("", "")]
    [InlineData(" ", "")]
    [InlineData("\u200B", "")]
    [InlineData("a\"b,c;d", "a\"b,c;d")]
    [InlineData("\U0001F600 x", "\U0001F600 x")]
    [InlineData("\uD800x", "\uD800x")]
    public void White_space_counts_as_a_plain_blank_and_what_is_invisible_as_nothing(string name, string plain)
    {
        Assert.Equal(plain, ColumnName.Plain(name));
        Assert.Equal(plain, ColumnName.Plain(plain));
    }

    [Fact]
    public void Every_character_of_a_name_is_seen_or_counts_as_a_blank_or_as_nothing()
    {
        for (int point = 0; point <= 0x10FFFF; point++)
        {
            if (point is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            string character = char.ConvertFromUtf32(point);
            UnicodeCategory category = CharUnicodeInfo.GetUnicodeCategory(point);
            string plain = ColumnName.Plain("a" + character + "b");
            if (char.IsWhiteSpace(character, 0))
            {
                Assert.Equal("a b", plain);
            }
            else if (category is UnicodeCategory.Format or UnicodeCategory.Control)
            {
                Assert.Equal("ab", plain);
            }
            else if (category is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.DecimalDigitNumber)
            {
                Assert.True(plain.Length > 2, character);
            }
        }
    }

    [Fact]
    public void Columns_are_found_by_what_can_be_seen_of_their_names()
    {
        var columns = new RowColumns(["Employee\u00A0ID", "\uFEFFName"]);

        Assert.Equal(0, columns.IndexOf("employee id"));
        Assert.Equal(0, columns.IndexOf("Employee\u2003ID"));
        Assert.Equal(1, columns.IndexOf("NAME\u200B"));
        Assert.Equal(-1, columns.IndexOf("EmployeeID"));
    }

    [Fact]
    public void Two_columns_that_look_the_same_are_a_fault_that_says_why_they_are()
    {
        InboundProvisioningException fault = Assert.Throws<InboundProvisioningException>(() => new RowColumns(["Employee ID", "x", "Employee\u00A0ID\u200B"]));

        Assert.Equal("RepeatedColumn", fault.ErrorId);
        Assert.Contains("'Employee ID'", fault.Message, StringComparison.Ordinal);
        Assert.Contains("columns 1 and 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("U+00A0, U+200B", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mapping_names_a_column_once_however_its_blanks_are_written()
    {
        var mapping = new AttributeMapping(new ComplexValue(
            [new MappedAttribute("title", new ColumnValue("Job Title")), new MappedAttribute("userType", new ColumnValue("job\u00A0title"))], isOrdered: true));

        Assert.Equal(["Job Title"], mapping.Columns);
    }

    [Theory]
    [InlineData("Active", "\u0410ctive", "character 1 is U+0041 in one and U+0410 in the other")]
    [InlineData("first", "\uFB01rst", "character 1 is U+0066 in one and U+FB01 in the other")]
    [InlineData("Name", "Name\u0307", "character 5 is missing in one and U+0307 in the other")]
    [InlineData("Title", "Titel", null)]
    [InlineData("Title", "title", null)]
    public void Names_that_can_look_the_same_are_told_apart_by_their_characters(string one, string other, string? difference) =>
        Assert.Equal(difference, ColumnName.HiddenDifference(one, other));

    [Fact]
    public void Names_with_anything_invisible_put_in_are_the_same_names()
    {
        string[] nothing = ["\u200B", "\u200C", "\u200D", "\u2060", "\uFEFF", "\u00AD", "\u180E", "\u061C", "\U000E0001"];
        string[] blanks = [" ", "\u00A0", "\u2007", "\u202F", "\u3000", "\t", "\r\n", "\n", "\u0085", "\u2029"];
        var random = new Random(20261125);
        for (int i = 0; i < 2000; i++)
        {
            string[] words = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => (char)random.Next('a', 'z' + 1))]))];
            IEnumerable<string> disturbed = words.Select(word => string.Concat(word.Select(letter => letter + (random.Next(3) == 0 ? nothing[random.Next(nothing.Length)] : string.Empty))));
            string gap = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => blanks[random.Next(blanks.Length)] + (random.Next(2) == 0 ? nothing[random.Next(nothing.Length)] : string.Empty)));

            Assert.Equal(string.Join(' ', words), ColumnName.Plain(gap + string.Join(gap, disturbed) + gap));
        }
    }
}
