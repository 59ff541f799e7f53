using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.Core.Tests.Faults;

/// <summary>
/// What each cell of the matrix comes to. A line is a fault, the id that it means for every operation, and the operations for
/// which it means another: <c>fault : id ; operation operation = id</c>.
/// </summary>
internal static class FaultExpectations
{
    private const string Table = """
        # On the way
        connection refused : NetworkFailure
        name does not resolve : NetworkFailure
        hang at connect : Timeout
        reset at once : NetworkFailure
        closed at once : NetworkFailure
        reset before the reply : NetworkFailure
        closed before the reply : NetworkFailure
        reset in the head : NetworkFailure
        closed in the head : NetworkFailure
        reset in the body : NetworkFailure
        closed in the body : NetworkFailure
        reset after the body : ok
        hang before the head : Timeout
        hang in the head : Timeout
        hang in the body : Timeout
        one byte a second : Timeout
        a body that drips : Timeout

        # TLS. A server that closes without an alert has not said that it was about certificates.
        TLS: healthy : ok
        TLS: expired certificate : TlsFailure
        TLS: certificate of tomorrow : TlsFailure
        TLS: certificate of another host : TlsFailure
        TLS: unknown authority : TlsFailure
        TLS: old protocol : TlsFailure
        TLS: refused by an alert : TlsFailure
        TLS: cleartext instead : TlsFailure
        TLS: client certificate refused (1.2) : NetworkFailure
        TLS: client certificate refused (1.3) : NetworkFailure
        TLS: reset in the handshake : NetworkFailure
        TLS: hang in the handshake : Timeout

        # Statuses. What a refusal means depends on what was asked.
        status 400 : InvalidRequest ; discover keys = DiscoveryFailed ; platform = InvalidCredentials ; confirm = InvalidOtp
        status 401 : InvalidCredentials ; discover keys = DiscoveryFailed ; client again device push backchannel revoke revoketoken introspect = InvalidClient ; renew = RefreshTokenExpired ; confirm = InvalidOtp
        status 403 : AccessDenied ; discover keys = DiscoveryFailed ; platform = InvalidCredentials
        status 404 : InvalidRequest ; discover keys = DiscoveryFailed ; platform = InvalidCredentials
        status 408 : Timeout
        status 418 : InvalidRequest ; discover keys = DiscoveryFailed ; platform = InvalidCredentials
        status 429 : RateLimited
        status 429 in seconds : RateLimited
        status 429 until a date : RateLimited
        status 429 for a century : RateLimited
        status 429 until nonsense : RateLimited
        status 500 : ServerError
        status 502 : ServerError
        status 503 : ServerError
        status 503 in seconds : ServerError
        status 504 : ServerError
        status that does not exist : ServerError

        # Redirects: none is followed, except by a call to an API within its origin, which ends in a circle here.
        redirect to itself : RedirectRefused
        redirect to another origin : RedirectRefused
        redirect to another origin, with the body : RedirectRefused
        redirect to http : RedirectRefused
        redirect to a script : RedirectRefused
        redirect to nonsense : RedirectRefused
        redirect to nowhere : RedirectRefused

        # Heads
        wrong content type : ok
        content type of HTML : ok
        no content type : ok
        content type of nonsense : ok
        Date of years ago : ok
        Date of years to come : ok
        Date of nonsense : ok
        rate limit at the end of time : ok
        chunked garbage : MalformedResponse
        chunk that overflows : MalformedResponse
        no HTTP at all : MalformedResponse
        status line of nonsense : MalformedResponse
        negative length : ok
        endless head : MalformedResponse

        # Bodies. For some requests the status says it all (RFC 7009, section 2.2), but a page for people says that nobody was asked. What an API answers is its caller's.
        status 204 : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        empty body : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        HTML page : MalformedResponse ; rest = ok
        truncated JSON : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        text of another charset : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        UTF-16 : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        byte order mark : ok
        half a character : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        JSON list : MalformedResponse ; revoke revoketoken logout confirm listkeys removekey rest = ok
        JSON text : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        JSON null : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        deep JSON : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        duplicate fields : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        number out of range : ok ; keys introspect = MalformedResponse
        two documents : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        zero bytes : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok
        100 MB announced : MalformedResponse
        100 MB in pieces : MalformedResponse
        gzip bomb : MalformedResponse ; revoke revoketoken logout confirm removekey rest = ok

        # Lifetimes of tokens; operations that get no token do not look at them.
        expires_in text : ok
        expires_in negative : ok
        expires_in zero : ok
        expires_in huge : ok
        expires_in missing : ok
        expires_in below numbers : ok
        expires_in beyond numbers : ok
        expires_in nonsense : ok
        expires_in true : ok
        """;

    private static readonly Dictionary<string, Row> Rows = Table
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(static line => line[0] != '#')
        .Select(Read)
        .ToDictionary(static row => row.Fault, StringComparer.Ordinal);

    public static IEnumerable<string> FaultNames => Rows.Keys;

    public static IEnumerable<string> OperationNames => Rows.Values.SelectMany(static row => row.Others.Keys).Distinct();

    public static string Of(string fault, string operation) =>
        !Rows.TryGetValue(fault, out Row? row) ? "a line in the table of expectations"
        : row.Others.TryGetValue(operation, out string? other) ? other
        : row.Usual;

    private static Row Read(string line)
    {
        int colon = line.LastIndexOf(" : ", StringComparison.Ordinal);
        string[] parts = line[(colon + 3)..].Split(';', StringSplitOptions.TrimEntries);
        var others = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string[] rule in parts.Skip(1).Select(static part => part.Split('=', StringSplitOptions.TrimEntries)))
        {
            foreach (string operation in rule[0].Split(' '))
            {
                others.Add(operation, rule[1]);
            }
        }

        return new Row(line[..colon].Trim(), parts[0], others);
    }

    private sealed record Row(string Fault, string Usual, IReadOnlyDictionary<string, string> Others);
}
