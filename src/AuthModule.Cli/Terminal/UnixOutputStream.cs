using System;
using System.IO;

namespace AuthModule.Cli.Terminal;

/// <summary>
/// Standard output of a process as it is. The framework's own ignores a pipe that nobody reads, and a token would be lost without a word.
/// </summary>
internal sealed class UnixOutputStream(int descriptor) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int written = UnixDescriptor.Write(descriptor, buffer, out string? fault);
            if (written < 0)
            {
                throw new OutputException($"Standard output took not all of what it was given: {fault}.", isBefore: false);
            }

            buffer = buffer[written..];
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is held back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
