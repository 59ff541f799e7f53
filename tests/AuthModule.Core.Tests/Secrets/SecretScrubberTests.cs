using System;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using AuthModule.Secrets;

namespace AuthModule.Core.Tests.Secrets;

public sealed class SecretScrubberTests
{
    private const string Canary = "canary-secret-1 +&/ü\"<";

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    [Trait("Feature", "N10")]
    public void A_secret_is_masked_in_whatever_form_a_server_writes_it()
    {
        string[] forms =
        [
            Canary,
            Uri.EscapeDataString(Canary),
            Uri.EscapeDataString(Uri.EscapeDataString(Canary)),
            WebUtility.UrlEncode(Canary),
            WebUtility.HtmlEncode(Canary),
            JsonSerializer.Serialize(Canary),
            Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Canary)),
        ];
        var scrubber = new SecretScrubber();
        scrubber.Add(Canary);

        Assert.All(forms, form => Assert.DoesNotContain("canary", scrubber.Scrub($"wrong: {form}."), StringComparison.Ordinal));
    }

    public static TheoryData<string> SpecialSecrets => ["Tr&vel<1>", "p\"ss\\wd1", "a%41b", "a\\nb<", "!#$%&'()*+", "<>&\"", "gr\u00fc\u00df", "\U0001F511&\U0001F511", "{\"a\":1}", "p ss+w=d", "\\\\\\\\", "&amp;"];

    [Theory]
    [Trait("Feature", "N10")]
    [MemberData(nameof(SpecialSecrets))]
    public void A_short_secret_of_special_letters_is_masked_in_every_form(string secret)
    {
        var scrubber = new SecretScrubber();
        scrubber.Add(secret);

        Assert.All(Forms(secret), form => Assert.Equal("wrong: [***].", scrubber.Scrub($"wrong: [{form}].")));
    }

    [Theory]
    [Trait("Feature", "N10")]
    [MemberData(nameof(SpecialSecrets))]
    public void Escapes_upon_escapes_do_not_show_it(string secret)
    {
        var scrubber = new SecretScrubber();
        scrubber.Add(secret);

        foreach (string once in Forms(secret))
        {
            Assert.All(Forms(once), twice => Assert.Equal("wrong: [***].", scrubber.Scrub($"wrong: [{twice}].")));
        }
    }

    [Fact]
    [Trait("Feature", "N10")]
    public void Letters_that_are_written_in_different_ways_are_one_secret()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("Tr&vel<1>\"x");

        Assert.Equal("***, ***", scrubber.Scrub("Tr%26vel&lt;1\\u003e\\\"x, Tr&#38;vel%3c1&gt;&quot;x"));
    }

    [Fact]
    public void What_stands_around_a_secret_stays_as_it_was()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("Tr&vel<1>");

        Assert.Equal("50% &lt;b&gt; \\n ***%20*** &#x26;", scrubber.Scrub("50% &lt;b&gt; \\n Tr%26vel%3c1%3e%20Tr&vel<1> &#x26;"));
        Assert.Equal("%, %4, %zz, &, &;, &nothing;, \\, \\u12, %u12", scrubber.Scrub("%, %4, %zz, &, &;, &nothing;, \\, \\u12, %u12"));
    }

    [Fact]
    public void A_secret_that_is_too_short_masks_nothing()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("a&b");

        Assert.Equal("a&amp;b a%26b", scrubber.Scrub("a&amp;b a%26b"));
    }

    // A megabyte of escapes upon escapes, as a hostile server would send it: it ends.
    [Theory]
    [InlineData("%25")]
    [InlineData("&amp;")]
    [InlineData("\\\\")]
    [InlineData("%26%61mp;\\u0025")]
    public void A_flood_of_escapes_is_gone_through(string escape)
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("Tr&vel<1>");
        string flood = string.Concat(Enumerable.Repeat(escape, 1024 * 1024 / escape.Length));

        Assert.Equal(flood + "***", scrubber.Scrub(flood + "Tr%26vel%3c1%3e"));
    }

    [Fact]
    public void Short_words_of_a_secret_do_not_mask_everything_else()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("the user is not");

        Assert.Equal("the user is unknown", scrubber.Scrub("the user is unknown"));
        Assert.Equal("*** known", scrubber.Scrub("the user is not known"));
    }

    private static string[] Forms(string secret) =>
    [
        secret,
        Uri.EscapeDataString(secret),
        WebUtility.UrlEncode(secret),
        Regex.Replace(Uri.EscapeDataString(secret), "%..", static escape => escape.Value.ToLowerInvariant()),
        WebUtility.HtmlEncode(secret),
        string.Concat(secret.Select(static letter => char.IsSurrogate(letter) ? letter.ToString() : $"&#{(int)letter};")),
        string.Concat(secret.Select(static letter => char.IsSurrogate(letter) ? letter.ToString() : $"&#x{(int)letter:x};")),
        JsonSerializer.Serialize(secret)[1..^1],
        JsonSerializer.Serialize(secret, Relaxed)[1..^1],
        string.Concat(secret.Select(static letter => $"\\u{(int)letter:X4}")),
    ];
}
