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

    private static readonly string Machine = Environment.MachineName;

    public static byte[] Write(TokenSet tokens, TimeProvider clock)
    {
        TimeSpan remaining = tokens.Remaining;
        DateTimeOffset serverNow = clock.GetUtcNow() + (tokens.Skew ?? TimeSpan.Zero);
        return JsonText.WriteBytes(new Dictionary<string, object?>
        {
            ["v"] = Version,
            ["access"] = tokens.AccessToken.Reveal(),
            ["refresh"] = tokens.RefreshToken?.Reveal(),
            ["id"] = tokens.IdToken?.Reveal(),
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
            ["doubt"] = tokens.InDoubtSince?.ToUnixTimeMilliseconds(),
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
                TokenType = Text("type") ?? "Bearer",
                Scopes = [.. json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()!)],
                Subject = Text("subject"),
                SignInGrant = Text("grant") ?? string.Empty,
                IssuedOn = issuedOn,
                ExpiresOn = lifetime == TimeSpan.MaxValue ? DateTimeOffset.MaxValue : issuedOn + lifetime,
                Lifetime = lifetime,
                Skew = skew,
                ProofKey = Secret.FromOptional(Text("proof")),
                IsFromStore = true,
                InDoubtSince = Number("doubt") is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since) : null,
            };
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentOutOfRangeException)
        {
            throw new InvalidDataException("It is not a session.", cause);
        }
    }

    // By the wall clock as it is now: it moves when the clock is set, when the machine has slept, and with the next start.
    private static DateTimeOffset BootOf(TimeProvider clock) => clock.GetUtcNow() - clock.GetElapsedTime(0);

    // Never more is left than the whole life: a clock that went back must not make a token live longer.
    private static (long AcquiredAt, TimeSpan Lifetime, DateTimeOffset IssuedOn) Count(long lifetimeMilliseconds, long ends, TimeSpan? skew, TimeProvider clock)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (lifetimeMilliseconds == NoEnd)
        {
            return (clock.GetTimestamp(), TimeSpan.MaxValue, now);
        }

        TimeSpan lifetime = TimeSpan.FromMilliseconds(lifetimeMilliseconds);
        TimeSpan remaining = DateTimeOffset.FromUnixTimeMilliseconds(ends) - (now + (skew ?? TimeSpan.Zero));
        TimeSpan age = lifetime - (remaining < lifetime ? remaining : lifetime);
        long acquiredAt = clock.GetTimestamp() - (long)(age.TotalSeconds * clock.TimestampFrequency);
        return (acquiredAt, lifetime, now - age);
    }
}
