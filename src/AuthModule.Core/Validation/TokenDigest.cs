using System;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AuthModule.Validation;

/// <summary>The SHA-256 of a token: names it without keeping it.</summary>
internal readonly struct TokenDigest : IEquatable<TokenDigest>
{
    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;

    private TokenDigest(ReadOnlySpan<ulong> words)
    {
        a = words[0];
        b = words[1];
        c = words[2];
        d = words[3];
    }

    public static TokenDigest Of(byte[] token)
    {
#if NETSTANDARD2_0
        return new TokenDigest(MemoryMarshal.Cast<byte, ulong>(SHA256.HashData(token)));
#else
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        return new TokenDigest(MemoryMarshal.Cast<byte, ulong>(hash));
#endif
    }

    public bool Equals(TokenDigest other) => a == other.a && b == other.b && c == other.c && d == other.d;

    public override bool Equals(object? other) => other is TokenDigest digest && Equals(digest);

    public override int GetHashCode() => a.GetHashCode();
}
