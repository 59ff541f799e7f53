using System.IO;

namespace AuthModule.Cli.Terminal;

/// <summary>Standard error. What cannot be said there is not said: a line of --verbose must not end a renewal half-way.</summary>
internal sealed class DiagnosticStream(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new System.NotSupportedException();

    public override long Position
    {
        get => throw new System.NotSupportedException();
        set => throw new System.NotSupportedException();
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        try
        {
            inner.Write(buffer, offset, count);
        }
        catch (IOException)
        {
            // Full, or closed.
        }
    }

    public override void Flush()
    {
        try
        {
            inner.Flush();
        }
        catch (IOException)
        {
            // As above.
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new System.NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new System.NotSupportedException();

    public override void SetLength(long value) => throw new System.NotSupportedException();
}
