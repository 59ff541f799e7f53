using System;

namespace AuthModule.Validation;

/// <summary>A time span that becomes words only when it is read.</summary>
internal readonly struct ShownSpan(TimeSpan span)
{
    public override string ToString() => Shown.Span(span);
}
