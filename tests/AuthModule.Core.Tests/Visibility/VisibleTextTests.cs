using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Core.Tests.Support;
using AuthModule.Errors;
using AuthModule.Text;

namespace AuthModule.Core.Tests.Visibility;

[Trait("Feature", "U5")]
public sealed class VisibleTextTests
{
    [Theory]
    [InlineData("plain text, ünïcödé, 漢字, 😀", "plain text, ünïcödé, 漢字, 😀")]
    [InlineData("v\u001b]0;X\u0007\r\nFORGED", "v\\u001b]0;X\\u0007\\u000d\\u000aFORGED")]
    [InlineData("a\u202Eb\u2066c\u200Fd\u061Ce", "a\\u202eb\\u2066c\\u200fd\\u061ce")]
    [InlineData("\u009B31m\u0085", "\\u009b31m\\u0085")]
    [InlineData("\u2028\u2029\u200B\uFEFF\u00AD", "\\u2028\\u2029\\u200b\\ufeff\\u00ad")]
    [InlineData("tag \U000E0041\U000E007F", "tag \\udb40\\udc41\\udb40\\udc7f")]
    public void What_nobody_may_see_unseen_is_escaped(string text, string visible)
    {
        Assert.Equal(visible, VisibleText.Of(text));
        Assert.Equal(visible, VisibleText.Of(VisibleText.Of(text)));
    }

    [Fact]
    public void Half_characters_are_escaped()
    {
        Assert.Equal("a\\ud83d", VisibleText.Of("a\uD83D"));
        Assert.Equal("\\ude00a\\ud83d😀", VisibleText.Of("\uDE00a\uD83D😀"));
    }

    [Fact]
    public void Two_values_never_look_the_same()
    {
        string[] texts = ["a\u001b", @"a\u001b", @"a\u005cu001b", @"a\\u001b", @"DOMAIN\ulrich", @"DOMAIN\ubeef", "a", @"a\", "\u200Ba"];
        Assert.Equal(texts.Length, texts.Select(VisibleText.OfValue).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(@"DOMAIN\ulrich", VisibleText.OfValue(@"DOMAIN\ulrich"));
    }

    [Fact]
    public void Every_control_and_format_character_is_escaped()
    {
        int escaped = 0;
        for (int code = 0; code <= 0x10FFFF; code++)
        {
            if (code is >= 0xD800 and <= 0xDFFF)
            {
                continue;
            }

            string text = char.ConvertFromUtf32(code);
            bool isHidden = char.GetUnicodeCategory(text, 0) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;
            string visible = VisibleText.Of("a" + text + "b");
            Assert.True(!isHidden || !visible.Contains(text, StringComparison.Ordinal), $"U+{code:X4} is shown as it is");
            escaped += isHidden ? 1 : 0;
        }

        Figures.Add("visible text", $"{escaped} control and format characters escaped, of 1,112,064");
    }

    [Fact]
    public void Json_keeps_its_meaning()
    {
        const string Text = "x\u202Ey\u001b\U000E0041z\\u0041";
        string json = JsonText.WriteObject(new Dictionary<string, object?> { ["k" + Text] = Text, ["list"] = new[] { Text } }, indented: true);
        Assert.True(VisibleText.IsVisible(json.Replace("\n", string.Empty, StringComparison.Ordinal).Replace("\r", string.Empty, StringComparison.Ordinal)));
        using JsonDocument read = JsonDocument.Parse(json);
        Assert.Equal(Text, read.RootElement.GetProperty("k" + Text).GetString());
        Assert.Equal(Text, read.RootElement.GetProperty("list")[0].GetString());
    }

    [Fact]
    public void Causes_are_made_visible_too()
    {
        AuthException error = AuthError.Create(
            AuthErrorId.NetworkFailure,
            "Message \u001b",
            new ErrorDetails { Cause = new InvalidOperationException("fine", new FormatException("bad \u009b header")) });
        Assert.True(VisibleText.IsVisible(error.Message));
        for (Exception? cause = error.InnerException; cause is not null; cause = cause.InnerException)
        {
            Assert.True(VisibleText.IsVisible(cause.Message), cause.Message);
        }

        Assert.Contains("FormatException", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_does_not_halve_a_character() => Assert.Equal("abc...", VisibleText.Shortened("abc😀def", 4));
}
