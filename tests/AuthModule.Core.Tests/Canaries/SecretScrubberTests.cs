using System;
using System.Net;
using System.Text;
using System.Text.Json;
using AuthModule.Secrets;

namespace AuthModule.Core.Tests.Canaries;

public sealed class SecretScrubberTests
{
    private const string Canary = "canary-secret-1 +&/ü\"<";

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

    [Fact]
    public void Short_words_of_a_secret_do_not_mask_everything_else()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("the user is not");

        Assert.Equal("the user is unknown", scrubber.Scrub("the user is unknown"));
        Assert.Equal("*** known", scrubber.Scrub("the user is not known"));
    }
}
