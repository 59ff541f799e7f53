using System;
using System.Runtime.InteropServices;

namespace AuthModule.Validation;

/// <summary>32 bytes of a hash, in place.</summary>
internal readonly struct Sha256 : IEquatable<Sha256>
{
    public const int Bytes = 32;

    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;

    private Sha256(ReadOnlySpan<ulong> words)
    {
        a = words[0];
        b = words[1];
        c = words[2];
        d = words[3];
    }

    public static Sha256 From(ReadOnlySpan<byte> hash) => new(MemoryMarshal.Cast<byte, ulong>(hash));

    public void CopyTo(Span<byte> target)
    {
        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(target);
        words[0] = a;
        words[1] = b;
        words[2] = c;
        words[3] = d;
    }

    public bool Equals(Sha256 other) => a == other.a && b == other.b && c == other.c && d == other.d;

    public override bool Equals(object? other) => other is Sha256 hash && Equals(hash);

    public override int GetHashCode() => a.GetHashCode();
}
