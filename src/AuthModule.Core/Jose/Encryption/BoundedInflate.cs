using System.IO;
using System.IO.Compression;
using AuthModule.Jose.Tokens;

namespace AuthModule.Jose.Encryption;

/// <summary>Inflates (RFC 1951) no further than a token may be long: a few bytes can be made to unpack to gigabytes.</summary>
internal static class BoundedInflate
{
    public static byte[]? TryInflate(byte[] deflated)
    {
        try
        {
            using var inflater = new DeflateStream(new MemoryStream(deflated), CompressionMode.Decompress);
            byte[] buffer = new byte[CompactToken.MaxCharacters + 1];
            int length = 0;
            while (length < buffer.Length)
            {
                int read = inflater.Read(buffer, length, buffer.Length - length);
                if (read == 0)
                {
                    byte[] inflated = new byte[length];
                    System.Array.Copy(buffer, inflated, length);
                    return inflated;
                }

                length += read;
            }

            return null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
