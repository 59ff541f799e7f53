using System;
using System.Net;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using AuthModule.Errors;

namespace AuthModule.Secrets;

/// <summary>
/// A text that must never be seen: a password, a token, a key. It has no text form of its own; <see cref="Reveal"/> is the
/// only way to the plain value, and its callers keep that in the shortest scope that works.
/// </summary>
internal sealed class Secret : IDisposable
{
    public const string Mask = "***";

    /// <summary>The longest text that is taken, in UTF-16 code units; more is no token and no password.</summary>
    public const int MaxCharacters = 65_536;

    private readonly SecureString value;

    private Secret(SecureString value)
    {
        value.MakeReadOnly();
        this.value = value;
    }

    /// <summary>In UTF-16 code units.</summary>
    public int Length => value.Length;

    /// <summary>Copies, so that the caller may dispose of its own; null stays null.</summary>
    /// <exception cref="ConfigurationException">MissingParameter: it has been disposed of.</exception>
    public static Secret? From(SecureString? text)
    {
        try
        {
            return text is null ? null : new Secret(text.Copy());
        }
        catch (ObjectDisposedException cause)
        {
            throw AuthError.Create(
                AuthErrorId.MissingParameter,
                "A SecureString that was given has been disposed of: its text is gone.",
                new ErrorDetails { Action = "Read the secret again, and dispose of it after the call.", Cause = cause });
        }
    }

    /// <exception cref="TokenValidationException">TokenMalformed: longer than <see cref="MaxCharacters"/>.</exception>
    public static Secret From(string text)
    {
        if (text.Length > MaxCharacters)
        {
            throw AuthError.Create(
                AuthErrorId.TokenMalformed,
                FormattableString.Invariant($"A text of {text.Length} characters is longer than the {MaxCharacters} that a token or secret may have."));
        }

        // The framework's way from a text to a SecureString in one piece: letter by letter it grows, and leaves copies, many times.
        return new Secret(new NetworkCredential(string.Empty, text).SecurePassword);
    }

    public static Secret? FromOptional(string? text) => string.IsNullOrEmpty(text) ? null : From(text!);

    /// <summary>The plain text. Do not store it, log it or put it into a message.</summary>
    public string Reveal()
    {
        IntPtr pointer = Marshal.SecureStringToGlobalAllocUnicode(value);
        try
        {
            return Marshal.PtrToStringUni(pointer, value.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }

    /// <summary>A read-only copy for a caller outside, who may dispose of it.</summary>
    public SecureString ToSecureString()
    {
        SecureString copy = value.Copy();
        copy.MakeReadOnly();
        return copy;
    }

    public byte[] RevealUtf8() => Encoding.UTF8.GetBytes(Reveal());

    /// <summary>Compares in constant time: how long it takes tells nothing of where two secrets differ.</summary>
    public bool Matches(Secret? other)
    {
        if (other is null || ReferenceEquals(this, other))
        {
            return other is not null;
        }

        byte[] mine = SHA256.HashData(RevealUtf8());
        byte[] theirs = SHA256.HashData(other.RevealUtf8());
        return CryptographicOperations.FixedTimeEquals(mine, theirs);
    }

    public void Dispose() => value.Dispose();

    public override string ToString() => Mask;
}
