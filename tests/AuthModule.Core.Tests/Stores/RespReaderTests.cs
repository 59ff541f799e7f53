using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Stores.Redis;
using Xunit;

namespace AuthModule.Core.Tests.Stores;

public sealed class RespReaderTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("+OK\r\n", "Text OK")]
    [InlineData("-ERR no\r\n", "Error ERR no")]
    [InlineData(":-42\r\n", "Integer -42")]
    [InlineData("$-1\r\n", "Null")]
    [InlineData("*-1\r\n", "Null")]
    [InlineData("$0\r\n\r\n", "Bytes ")]
    [InlineData("$4\r\na\r\nb\r\n", "Bytes a\r\nb")]
    [InlineData("*2\r\n:1\r\n$1\r\nx\r\n", "List [Integer 1, Bytes x]")]
    [InlineData("_\r\n", "Null")]
    [InlineData("#t\r\n", "Integer 1")]
    [InlineData(",1.5\r\n", "Text 1.5")]
    [InlineData("(12345678901234567890\r\n", "Text 12345678901234567890")]
    [InlineData("!5\r\nERR x\r\n", "Error ERR x")]
    [InlineData("=6\r\ntxt:ab\r\n", "Bytes ab")]
    [InlineData("~1\r\n:1\r\n", "List [Integer 1]")]
    [InlineData("%1\r\n+k\r\n:1\r\n", "List [Text k, Integer 1]")]
    [InlineData(">1\r\n+x\r\n", "Push [Text x]")]
    [InlineData("|1\r\n+k\r\n+v\r\n:7\r\n", "Integer 7")]
    public async Task Values_of_both_protocol_versions_are_read(string wire, string expected)
    {
        // However the bytes arrive.
        foreach (int piece in (int[])[1, 3, 4096])
        {
            var reader = new RespReader(new Pieces(Encoding.Latin1.GetBytes(wire), piece));
            Assert.Equal(expected, Show(await reader.ReadAsync(Stop)));
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n")]
    [InlineData("\r\n")]
    [InlineData("$5\r\nab")]
    [InlineData("$x\r\n")]
    [InlineData("$-2\r\n")]
    [InlineData("$2\r\nabcd")]
    [InlineData("+OK\rX")]
    [InlineData("$999999999999\r\n")]
    [InlineData("*100000000\r\n")]
    [InlineData("*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n*1\r\n:1\r\n")]
    [InlineData("=2\r\nab\r\n")]
    [InlineData("")]
    public async Task What_is_not_the_protocol_or_too_much_is_refused(string wire) =>
        await Assert.ThrowsAsync<RespException>(() => new RespReader(new Pieces(Encoding.Latin1.GetBytes(wire), 7)).ReadAsync(Stop));

    [Fact]
    public async Task A_line_without_end_is_refused() =>
        await Assert.ThrowsAsync<RespException>(() => new RespReader(new Pieces([.. Enumerable.Repeat((byte)'+', 100_000)], 4096)).ReadAsync(Stop));

    [Theory]
    [InlineData("|0\r\n", 1_000_000)]
    [InlineData("|1\r\n+k\r\n+v\r\n", 100_000)]
    [InlineData("*4096\r\n", 8)]
    public async Task A_flood_of_attributes_or_lists_exhausts_neither_stack_nor_memory(string flood, int times)
    {
        byte[] wire = Encoding.Latin1.GetBytes(string.Concat(Enumerable.Repeat(flood, times)) + string.Concat(Enumerable.Repeat(":1\r\n", 20_000)));
        await Assert.ThrowsAsync<RespException>(() => new RespReader(new Pieces(wire, 4096)).ReadAsync(Stop));
    }

    [Fact]
    public void An_argument_cannot_become_a_command() => Assert.Equal(
        "*2\r\n$3\r\nGET\r\n$14\r\na\r\nFLUSHALL\r\nb\r\n",
        Encoding.UTF8.GetString(new RespCommand("GET", "a\r\nFLUSHALL\r\nb").ToBytes()));

    private static string Show(RespValue value) => value.Kind switch
    {
        RespKind.List or RespKind.Push => $"{value.Kind} [{string.Join(", ", value.Items.Select(Show))}]",
        RespKind.Null => "Null",
        _ => $"{value.Kind} {value.Text}",
    };

    private sealed class Pieces(byte[] content, int piece) : MemoryStream(content)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
