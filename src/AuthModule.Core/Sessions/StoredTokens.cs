using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using AuthModule.Secrets;
using AuthModule.Text;
using AuthModule.Tokens;

namespace AuthModule.Sessions;

/// <summary>
/// Tokens as bytes for a store. The end is written in the service's time, as the clock of another machine may be wrong in
/// another way; who reads it corrects it by what is known of the own clock.
/// </summary>
internal static class StoredTokens
{
    private const long Version = 1;
    private const long NoEnd = -1;

    // What setting the clock bit by bit makes up.
    private static readonly TimeSpan LargestDrift = TimeSpan.FromSeconds(5);

    // More left of a token than it ever had proves a wrong clock, here or where it was written: clocks that are kept agree so far.
    private static readonly TimeSpan LargestDisagreement = TimeSpan.FromMinutes(1);
    private const double LargestDisagreementShare = 0.1;

    private static readonly string Machine = Environment.MachineName;

    /// <param name="tokens">What to keep.</param>
    /// <param name="clock">This machine's.</param>
    /// <param name="revision">Higher than that of every entry of the session before it.</param>
    /// <param name="origin">Where the session came from, for a list of the store; null leaves it out.</param>
    public static byte[] Write(TokenSet tokens, TimeProvider clock, long revision = 0, SessionOrigin? origin = null)
    {
        TimeSpan remaining = tokens.Remaining;
        DateTimeOffset serverNow = clock.GetUtcNow() + (tokens.Skew ?? TimeSpan.Zero);
        return JsonText.WriteBytes(new Dictionary<string, object?>
        {
            ["v"] = Version,
            ["access"] = tokens.AccessToken.Reveal(),
            ["refresh"] = tokens.RefreshToken?.Reveal(),
            ["id"] = tokens.IdToken?.Reveal(),
            ["idVerified"] = tokens.IsIdTokenVerified,
            ["type"] = tokens.TokenType,
            ["scopes"] = tokens.Scopes,
            ["subject"] = tokens.Subject,
            ["grant"] = tokens.SignInGrant,
            ["lifetime"] = tokens.Lifetime == TimeSpan.MaxValue ? NoEnd : (long)tokens.Lifetime.TotalMilliseconds,
            ["ends"] = tokens.Lifetime == TimeSpan.MaxValue ? NoEnd : (serverNow + remaining).ToUnixTimeMilliseconds(),
            ["skew"] = tokens.Skew is { } skew ? (long)skew.TotalMilliseconds : null,
            ["machine"] = Machine,
            ["boot"] = tokens.Skew is null ? null : BootOf(clock).ToUnixTimeMilliseconds(),
            ["proof"] = tokens.ProofKey?.Reveal(),
            ["rev"] = revision,
            ["kept"] = Named(tokens.Kept.Where(value => value.Text is not null).Select(value => (value.Name, value.Text!))),
            ["keptSecrets"] = Named(tokens.Kept.Where(value => value.Hidden is not null).Select(value => (value.Name, value.Hidden!.Reveal()))),
            ["doubt"] = tokens.InDoubtSince?.ToUnixTimeMilliseconds(),
            [StoredOrigin.Member] = origin is null ? null : StoredOrigin.Write(origin),
        });
    }

    /// <param name="value">What <see cref="Write"/> made, here or elsewhere.</param>
    /// <param name="clock">This machine's.</param>
    /// <param name="measuredSkew">The service's clock less this machine's, where this process has seen it; null else.</param>
    /// <exception cref="InvalidDataException">It is none, or of a later version.</exception>
    public static TokenSet Read(byte[] value, TimeProvider clock, TimeSpan? measuredSkew)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(value);
            JsonElement json = document.RootElement;
            if (json.GetProperty("v").GetInt64() != Version)
            {
                throw new InvalidDataException("It was written by a later version of this module.");
            }

            string? Text(string name) => json.TryGetProperty(name, out JsonElement element) ? element.GetString() : null;
            bool? Flag(string name) => json.TryGetProperty(name, out JsonElement element) ? element.GetBoolean() : null;
            long? Number(string name) => json.TryGetProperty(name, out JsonElement element) ? element.GetInt64() : null;

            // The same machine has the same wrong clock, as long as nobody sets it; of any other nothing is known, so it is taken
            // to be right. At worst a token is renewed once too early.
            bool isSameClock = Text("machine") == Machine && Number("boot") is { } boot
                && (BootOf(clock) - DateTimeOffset.FromUnixTimeMilliseconds(boot)).Duration() < LargestDrift;
            TimeSpan? skew = measuredSkew ?? (isSameClock && Number("skew") is { } written ? TimeSpan.FromMilliseconds(written) : null);
            (long acquiredAt, TimeSpan lifetime, DateTimeOffset issuedOn) = Count(json.GetProperty("lifetime").GetInt64(), json.GetProperty("ends").GetInt64(), skew, clock);
            return new TokenSet(clock, acquiredAt)
            {
                AccessToken = Secret.From(Text("access") ?? throw new InvalidDataException("It holds no token.")),
                RefreshToken = Secret.FromOptional(Text("refresh")),
                IdToken = Secret.FromOptional(Text("id")),
                IsIdTokenVerified = Flag("idVerified") == true,
                TokenType = Text("type") ?? "Bearer",
                Scopes = [.. json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)],

                // Written before ID tokens were always verified: whose words the subject was is not known.
                Subject = Flag("idVerified") is null && Text("id") is not null ? null : Text("subject"),
                SignInGrant = Text("grant") ?? string.Empty,
                IssuedOn = issuedOn,
                ExpiresOn = lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : issuedOn + lifetime,
                Lifetime = lifetime,
                Skew = skew,
                ProofKey = Secret.FromOptional(Text("proof")),
                IsFromStore = true,
                Revision = Number("rev") ?? 0,
                Kept =
                [
                    .. Members(json, "kept").Select(member => new KeptValue(member.Name, member.Value.GetString()!, null)),
                    .. Members(json, "keptSecrets").Select(member => new KeptValue(member.Name, null, Secret.From(member.Value.GetString()!))),
                ],
                InDoubtSince = Number("doubt") is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
            };
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("It is not a session.", cause);
        }
    }

    private static TimeSpan Disagreement(TimeSpan lifetime)
    {
        var share = TimeSpan.FromTicks((long)(lifetime.Ticks * LargestDisagreementShare));
        return share < LargestDisagreement ? share : LargestDisagreement;
    }

    private static List<KeyValuePair<string, object?>>? Named(IEnumerable<(string Name, string Value)> values)
    {
        List<KeyValuePair<string, object?>> members = [.. values.Select(value => new KeyValuePair<string, object?>(value.Name, value.Value))];
        return members.Count == 0 ? null : members;
    }

    private static IEnumerable<JsonProperty> Members(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement members) ? members.EnumerateObject() : [];

    // By the wall clock as it is now: it moves when the clock is set, when the machine has slept, and with the next start.
    private static DateTimeOffset BootOf(TimeProvider clock) => clock.GetUtcNow() - clock.GetElapsedTime(0);

    // Never more is left than the whole life, and nothing where a clock must be wrong: one renewal puts that right.
    private static (long AcquiredAt, TimeSpan Lifetime, DateTimeOffset IssuedOn) Count(long lifetimeMilliseconds, long ends, TimeSpan? skew, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (lifetimeMilliseconds == NoEnd)
        {
            return (clock.GetTimestamp(), TimeSpan.MaxValue, now);
        }

        TimeSpan lifetime = TimeSpan.FromMilliseconds(lifetimeMilliseconds);
        TimeSpan remaining = DateTimeOffset.FromUnixTimeMilliseconds(ends) - (now + (skew ?? TimeSpan.Zero));
        TimeSpan age = remaining > lifetime + Disagreement(lifetime) ? lifetime : lifetime - (remaining < lifetime ? remaining : lifetime);
        long acquiredAt = clock.GetTimestamp() - (long)(age.TotalSeconds * clock.TimestampFrequency);
        return (acquiredAt, lifetime, now - age);
    }
}
