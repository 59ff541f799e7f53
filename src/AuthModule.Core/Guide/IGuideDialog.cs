using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Guide;

/// <summary>The person whom a guide asks, by whatever program runs it.</summary>
internal interface IGuideDialog
{
    /// <summary>An answer without spaces around it; the suggestion, or an empty text, where nothing was typed.</summary>
    string Ask(string question, string? suggestion = null);

    /// <summary>The index of what was chosen.</summary>
    int Choose(string question, IReadOnlyList<string> choices, int suggestion = 0);

    bool Confirm(string question, bool suggestion);

    void Tell(string line);

    /// <summary>The result of work of the engine, while the person sees what it tells.</summary>
    T Wait<T>(Func<CancellationToken, Task<T>> work);
}
