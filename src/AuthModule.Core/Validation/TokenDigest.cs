using System;
using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AuthModule.Validation;

/// <summary>
/// Names a token without keeping it: the SHA-256 of what is signed in it and of what is left, its signature. The first is also
/// what most signatures are made of, so that it need not be worked out again to verify one.
/// </summary>
internal readonly struct TokenDigest : IEquatable<TokenDigest>
{
#if !NETSTANDARD2_0
    private const int MostOnStack = 2048;

    [ThreadStatic]
    private static IncrementalHash? threadHasher;

#endif
    private readonly Sha256 rest;

    private TokenDigest(Sha256 signed, Sha256 rest)
    {
        Signed = signed;
        this.rest = rest;
    }

    /// <summary>Of all that stands before the last dot; of the whole where there is none.</summary>
    public Sha256 Signed { get; }

    /// <summary>Letters beyond ASCII all count as the same: no token has any, and what has is never kept.</summary>
    public static TokenDigest Of(string token)
    {
        int dot = token.LastIndexOf('.');
        int signed = dot < 0 ? token.Length : dot;
#if NETSTANDARD2_0
        byte[] bytes = Encoding.ASCII.GetBytes(token);
        using var hasher = SHA256.Create();
        return new TokenDigest(Sha256.From(hasher.ComputeHash(bytes, 0, signed)), Sha256.From(hasher.ComputeHash(bytes, signed, bytes.Length - signed)));
#else
        byte[]? rented = null;
        Span<byte> ascii = token.Length <= MostOnStack ? stackalloc byte[MostOnStack] : rented = ArrayPool<byte>.Shared.Rent(token.Length);
        int length = Encoding.ASCII.GetBytes(token, ascii);
        Span<byte> hashes = stackalloc byte[2 * SHA256.HashSizeInBytes];
        IncrementalHash hasher = threadHasher ??= IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hasher.AppendData(ascii.Slice(0, signed));
        hasher.GetHashAndReset(hashes);
        hasher.AppendData(ascii.Slice(signed, length - signed));
        hasher.GetHashAndReset(hashes.Slice(SHA256.HashSizeInBytes));
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        }

        return new TokenDigest(Sha256.From(hashes), Sha256.From(hashes.Slice(SHA256.HashSizeInBytes)));
#endif
    }

    public bool Equals(TokenDigest other) => Signed.Equals(other.Signed) && rest.Equals(other.rest);

    public override bool Equals(object? other) => other is TokenDigest digest && Equals(digest);

    public override int GetHashCode() => Signed.GetHashCode();
}
