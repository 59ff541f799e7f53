using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Core.Tests.Support;
using AuthModule.Jose.Tokens;
using AuthModule.Json;
using AuthModule.Text;
using FsCheck;
using FsCheck.Fluent;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>
/// What must hold for every value, tried with many that FsCheck makes; it shows the smallest one for which it does not. The fuzz
/// tests beside it look at bytes that are almost right, which a generator of values does not come to.
/// </summary>
[Trait("Feature", "N9")]
public sealed class PropertyTests
{
    private const int Values = 2_000;

    // The same values in each run: a failure must repeat.
    private static readonly Config Settings = Config.QuickThrowOnFailure.WithMaxTest(Values).WithReplay(20261122, 13);

    [Fact]
    public void The_shortest_text_of_a_number_reads_back_as_that_number_and_is_never_longer_than_the_frameworks() => Check("shortest double", (double number) =>
    {
        if (!double.IsFinite(number))
        {
            return true;
        }

        string text = ShortestDouble.Text(number);
        return BitConverter.DoubleToInt64Bits(double.Parse(text, CultureInfo.InvariantCulture)) == BitConverter.DoubleToInt64Bits(number)
            && text.Count(char.IsAsciiDigit) <= number.ToString("G17", CultureInfo.InvariantCulture).Count(char.IsAsciiDigit);
    });

    [Fact]
    public void Bytes_come_back_from_base64url_and_from_base32() => Check("base64url and base32", (byte[] bytes) =>
        Base64Url.TryDecode(Base64Url.Encode(bytes), out byte[] read) && read.SequenceEqual(bytes)
        && Base32.TryDecode(Base32.Encode(bytes), out byte[] letters) && letters.SequenceEqual(bytes));

    [Fact]
    public void An_object_comes_back_from_its_JSON() => Check("JSON", (Dictionary<string, string> members) =>
    {
        // Text that is not Unicode is refused by both sides.
        Dictionary<string, object?> written = members.Where(member => IsUnicode(member.Key) && IsUnicode(member.Value)).ToDictionary(member => member.Key, member => (object?)member.Value);
        Dictionary<string, object?>? read = PlainValues.TryReadObject(JsonText.WriteBytes(written), out _);
        return read is not null && read.Count == written.Count && written.All(member => Equals(read[member.Key], member.Value));
    });

    private static bool IsUnicode(string? text)
    {
        try
        {
            return text is not null && new UTF8Encoding(false, throwOnInvalidBytes: true).GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }

    private static void Check<T>(string name, Func<T, bool> holds)
    {
        FsCheck.Check.One(Settings, Prop.ForAll(ArbMap.Default.ArbFor<T>(), holds));
        Figures.Add($"property {name}", $"{Values} values");
    }
}
