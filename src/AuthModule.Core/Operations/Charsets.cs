using System;
using System.Text;

namespace AuthModule.Operations;

/// <summary>Encodings by the names that replies declare.</summary>
internal static class Charsets
{
    /// <summary>Null for a name that this machine does not know, or no longer reads.</summary>
    public static Encoding? Find(string name)
    {
        try
        {
#if NETSTANDARD2_0
            return Encoding.GetEncoding(name);
#else
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
#endif
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
