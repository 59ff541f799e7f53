using System;

namespace AuthModule.Validation.Advice;

/// <summary>One thing to look for in a token that works, and who advises against it.</summary>
/// <param name="Name">Stable; scripts may filter by it.</param>
/// <param name="Reference">The document and section.</param>
/// <param name="Find">The advice, or null when there is nothing to say.</param>
internal sealed record AdviceRule(string Name, string Reference, Func<AdviceSubject, string?> Find);
