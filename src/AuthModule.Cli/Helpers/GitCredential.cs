using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using AuthModule.Errors;

namespace AuthModule.Cli.Helpers;

/// <summary>The protocol of git's credential helpers: attributes as <c>name=value</c> lines, in and out (git-credential, "Input/Output format").</summary>
internal sealed record GitCredential
{
    private const int MaxLines = 256;

    public string? Protocol { get; private init; }

    public string? Host { get; private init; }

    public string? UserName { get; private init; }

    public string? Password { get; private init; }

    /// <summary>As an address; null where git names no host.</summary>
    public string? Address => Host is null ? null : $"{Protocol ?? "https"}://{Host}";

    /// <summary>Up to an empty line or the end; attributes that this does not know are passed over, as the protocol wants.</summary>
    public static GitCredential Read(TextReader input)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int count = 0; count < MaxLines && input.ReadLine() is { Length: > 0 } line; count++)
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                attributes[line[..equals]] = line[(equals + 1)..];
            }
        }

        return new GitCredential
        {
            Protocol = attributes.GetValueOrDefault("protocol"),
            Host = attributes.GetValueOrDefault("host"),
            UserName = attributes.GetValueOrDefault("username"),
            Password = attributes.GetValueOrDefault("password"),
        };
    }

    /// <exception cref="AuthException">InvalidRequest: a line would become two.</exception>
    public IEnumerable<string> Answer(TokenChoice choice, string userName)
    {
        string name = UserName ?? userName;
        if (name.Any(char.IsControl))
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, "The user name for git holds a control character.");
        }

        yield return $"username={name}";
        yield return $"password={choice.Text}";
        if (choice.ExpiresOn is { } end)
        {
            yield return FormattableString.Invariant($"password_expiry_utc={end.ToUnixTimeSeconds()}");
        }
    }
}
