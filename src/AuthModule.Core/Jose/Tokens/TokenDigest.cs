using System;
using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace AuthModule.Jose.Tokens;

/// <summary>The SHA-256 of a token: names it without keeping it.</summary>
internal readonly struct TokenDigest : IEquatable<TokenDigest>
{
#if !NETSTANDARD2_0
    private const int MaxOnStack = 2048;

    [ThreadStatic]
    private static IncrementalHash? threadHasher;

#endif
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

    /// <summary>Letters beyond ASCII all count as the same: no token has any, and what has is never kept.</summary>
    public static TokenDigest Of(string token)
    {
#if NETSTANDARD2_0
        return new TokenDigest(MemoryMarshal.Cast<byte, ulong>(SHA256.HashData(Encoding.ASCII.GetBytes(token))));
#else
        byte[]? rented = null;
        Span<byte> ascii = token.Length <= MaxOnStack ? stackalloc byte[MaxOnStack] : rented = ArrayPool<byte>.Shared.Rent(token.Length);
        int length = Encoding.ASCII.GetBytes(token, ascii);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        IncrementalHash hasher = threadHasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(ascii.Slice(0, length));
        hasher.GetHashAndReset(hash);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return new TokenDigest(MemoryMarshal.Cast<byte, ulong>(hash));
#endif
    }

    public bool Equals(TokenDigest other) => a == other.a && b == other.b && c == other.c && d == other.d;

    public override bool Equals(object? other) => other is TokenDigest digest && Equals(digest);

    public override int GetHashCode() => a.GetHashCode();
}
