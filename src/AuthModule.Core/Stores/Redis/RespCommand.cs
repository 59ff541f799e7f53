using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace AuthModule.Stores.Redis;

/// <summary>One command with its arguments, each a text, a number or bytes.</summary>
internal sealed class RespCommand(params object[] arguments)
{
    /// <summary>May be sent again when it is not known whether the first one arrived.</summary>
    public bool IsRepeatable { get; init; }

    public string Name => (string)arguments[0];

    /// <summary>A list of length-prefixed values: nothing in an argument can become a command of its own.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Line(bytes, '*', arguments.Length);
        foreach (object argument in arguments)
        {
            byte[] value = argument as byte[]
                ?? Encoding.UTF8.GetBytes(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
            Line(bytes, '$', value.Length);
            bytes.Write(value, 0, value.Length);
            bytes.WriteByte((byte)'\r');
            bytes.WriteByte((byte)'\n');
        }

        return bytes.ToArray();
    }

    private static void Line(MemoryStream bytes, char kind, int number)
    {
        byte[] line = Encoding.ASCII.GetBytes(kind + number.ToString(CultureInfo.InvariantCulture) + "\r\n");
        bytes.Write(line, 0, line.Length);
    }
}
