using System.Collections.Generic;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace AuthModule.TestServer.Pages;

/// <summary>Markup. Whatever is put into it is text, unless it is markup itself: nothing has to be remembered to be encoded.</summary>
internal readonly struct Html(string markup)
{
    private readonly string markup = markup;

    public static Html Empty { get; } = new(string.Empty);

    public static Html Of(Builder builder) => new(builder.ToString());

    public override string ToString() => markup ?? string.Empty;

    /// <summary>What the compiler writes an interpolated text with.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Builder
    {
        private readonly StringBuilder text;

        public Builder(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + (formattedCount * 16));

        public void AppendLiteral(string value) => text.Append(value);

        public void AppendFormatted(string? value) => text.Append(WebUtility.HtmlEncode(value));

        public void AppendFormatted(Html value) => text.Append(value.ToString());

        public void AppendFormatted(IEnumerable<Html> values) => text.AppendJoin('\n', values);

        public override string ToString() => text.ToString();
    }
}
