using System;

namespace AuthModule.Text;

/// <summary>A time span that becomes words only when it is read.</summary>
internal readonly struct DisplayDuration(TimeSpan span)
{
    public override string ToString() => DisplayText.Span(span);
}
