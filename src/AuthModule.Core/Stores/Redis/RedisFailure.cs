using System;

namespace AuthModule.Stores.Redis;

/// <summary>What a Redis, or the way to it, says instead of an answer: in words, with advice, and what to make of it.</summary>
internal sealed record RedisFailure(string Code, string Words, string Advice)
{
    /// <summary>Waiting helps.</summary>
    public bool IsTransient { get; init; }

    /// <summary>Another node, or the same one in a moment, may do what this one does not: the node is left and the call repeated.</summary>
    public bool IsLeft { get; init; }

    /// <summary>It is certain that the command was not carried out.</summary>
    public bool WasNotDone { get; init; } = true;

    /// <summary>Of several the one with the highest says most about the cause.</summary>
    public int Rank { get; init; } = 1;

    private const string CheckAddress =
        "Check the address, user and password of the store (redis://USER:PASSWORD@HOST:PORT/DATABASE, rediss:// for TLS, REDIS_PASSWORD), and that it runs.";

    public static RedisFailure Unreachable(string words) => new("CONNECTION", words, CheckAddress) { IsTransient = true, IsLeft = true };

    public static RedisFailure Broken => Unreachable("the connection broke") with { WasNotDone = false };

    public static RedisFailure Late(TimeSpan timeout) =>
        Unreachable(FormattableString.Invariant($"it did not answer within {timeout.TotalSeconds:0.#} seconds")) with { Code = "LATE" };

    public static RedisFailure Tls(string? finding) => new(
        "TLS",
        finding is null ? "the TLS handshake failed" : $"its TLS is not trusted: {finding}",
        "Check that it speaks TLS on this port, name your own authority (ca=FILE), the name in its certificate (servername=NAME), or the client's certificate (cert=FILE&key=FILE).")
    {
        Rank = 2,
        IsLeft = true,
    };

    /// <summary>An answer to the handshake that says why nobody is taken in; null for answers that do no harm.</summary>
    public static RedisFailure? OfHandshake(string error)
    {
        string code = CodeOf(error);
        return code is "NOAUTH" or "WRONGPASS" or "LOADING" or "MASTERDOWN" or "DENIED" or "BUSY" or "MAXCLIENTS"
            ? Of(code, "PING", null)
            : code == "NOPERM" && error.Contains("'ping'", StringComparison.OrdinalIgnoreCase) ? Of(code, "PING", null) : null;
    }

    /// <param name="error">The server's whole error; only its code comes into words.</param>
    /// <param name="command">What was sent.</param>
    /// <param name="key">Of which entry; null where it is about none.</param>
    public static RedisFailure OfAnswer(string error, string command, string? key) => Of(CodeOf(error), command, key);

    // Scripts hand errors on with words of their own in front or behind.
    private static string CodeOf(string error)
    {
        if (error.Contains("max number of clients", StringComparison.OrdinalIgnoreCase))
        {
            return "MAXCLIENTS";
        }

        if (error.Contains("Lua scripting support disabled", StringComparison.OrdinalIgnoreCase))
        {
            return "NOLUA";
        }

        if (error.Contains("unknown command", StringComparison.OrdinalIgnoreCase))
        {
            return "UNKNOWN";
        }

        if (error.Contains("can't run this command", StringComparison.OrdinalIgnoreCase) || error.Contains("no permissions", StringComparison.OrdinalIgnoreCase))
        {
            return "NOPERM";
        }

        if (error.Contains("invalid password", StringComparison.OrdinalIgnoreCase) || error.Contains("WRONGPASS", StringComparison.Ordinal))
        {
            return "WRONGPASS";
        }

        int start = error.StartsWith('-') ? 1 : 0;
        int end = start;
        while (end < error.Length && error[end] is (>= 'A' and <= 'Z') or '_')
        {
            end++;
        }

        return error.Substring(start, end - start);
    }

    private static RedisFailure NoScripts(string code) =>
        new(code, "it does not run scripts (EVAL)", "Switch Lua on: locks and fenced writes are scripts. On Garnet start it with --lua.");

    private static RedisFailure Of(string code, string command, string? key) => code switch
    {
        "READONLY" => new(
            code,
            "it is a replica that takes no writes",
            "Name the primary, all nodes (redis://HOST,HOST), or the sentinels (redis-sentinel://HOST,HOST/SERVICE).") { IsTransient = true, IsLeft = true },
        "MASTERDOWN" => new(
            code,
            "it is a replica that has lost its primary",
            "Wait for the failover, or let the Redis' operator bring the primary back.") { IsTransient = true, IsLeft = true },
        "CLUSTERDOWN" => new(
            code,
            "its cluster does not serve every slot",
            "Wait for the failover; if it stays, let the Redis' operator look at CLUSTER INFO.") { IsTransient = true, IsLeft = true },
        "MOVED" => new(
            code,
            "its cluster has moved the entry to a node that was not reached",
            "Let each node of the cluster be reachable from here under the address that it announces.") { IsTransient = true, IsLeft = true },
        "ASK" => new(
            code,
            "its cluster is moving the entry to a node that was not reached",
            "Let each node of the cluster be reachable from here under the address that it announces.") { IsTransient = true, IsLeft = true },
        "TRYAGAIN" => new(
            code,
            "its cluster is moving the entry's keys from one node to another",
            "Wait until the cluster has moved them.") { IsTransient = true, IsLeft = true },
        "CROSSSLOT" => new(
            code,
            "its cluster has the keys of one entry in different slots",
            "Use a prefix without braces, or with one whole pair of them."),
        "LOADING" => new(
            code,
            "it is still loading its data",
            "Wait until it has loaded them.") { IsTransient = true, IsLeft = true, Rank = 3 },
        "BUSY" => new(
            code,
            "somebody's script keeps it busy",
            "Wait; if it stays, let the Redis' operator end the script (SCRIPT KILL).") { IsTransient = true, IsLeft = true, Rank = 3 },
        "MAXCLIENTS" => new(
            code,
            "it takes no more clients",
            "Wait; if it stays, raise its maxclients or find out who keeps connections open.") { IsTransient = true, IsLeft = true, Rank = 3 },
        "NOREPLICAS" => new(
            code,
            "it takes no writes because too few replicas follow it",
            "Wait until its replicas follow again, or let its operator lower min-replicas-to-write.") { IsTransient = true, IsLeft = true },
        "OOM" => new(
            code,
            "it has no memory left",
            "Give it more memory (maxmemory) or let it drop what is old (maxmemory-policy volatile-ttl).") { IsLeft = true },
        "MISCONF" => new(
            code,
            "it takes no writes because it cannot save its data",
            "Let its operator look at its log: its disk may be full.") { IsLeft = true },
        "NOAUTH" => new(
            code,
            "it wants a user name and password",
            "Put them before the host (redis://USER:PASSWORD@HOST) or the password into REDIS_PASSWORD.") { Rank = 3 },
        "WRONGPASS" => new(
            code,
            "it does not take the user name and password",
            "Correct the user and the password in the address or in REDIS_PASSWORD; characters such as % and ? are written as %25 and %3F in the address.") { Rank = 4 },
        "DENIED" => new(
            code,
            "it is in protected mode and takes nobody from another machine",
            "Give it a password, or let its operator bind it to an address.") { Rank = 3 },
        "NOPERM" => new(
            code,
            $"its user may not use {command} on these keys",
            "Allow the user the commands and the prefix that the page on stores lists: ACL SETUSER NAME ~PREFIX* +@read +@write +@scripting +@connection.") { Rank = 3 },
        "NOLUA" => NoScripts(code),
        "UNKNOWN" when command is "EVAL" => NoScripts(code),
        "UNKNOWN" => new(code, $"it does not know {command}", "Use a Redis of version 2.6.12 or later."),
        "WRONGTYPE" => new(
            code,
            $"its key {key} holds something else than an entry",
            "Find out who else writes there, remove that key, or use a prefix of your own (?prefix=TEXT:)."),
        "" => new("ERR", $"it refused {command}", CheckAddress),
        _ => new(code, $"it refused {command} ({code})", CheckAddress),
    };
}
