using System;
using System.Globalization;

namespace AuthModule.Help;

/// <summary>Something in a page that is wrong or missing, in the form that MSBuild and editors take for an error.</summary>
/// <param name="File">The page's path.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Text">What is wrong and what to write instead.</param>
internal sealed record HelpFault(string File, int Line, string Text)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}({Line}): error HELP: {Text}");
}
