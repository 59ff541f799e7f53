using System;
using System.Collections.Generic;
using System.Linq;

namespace AuthModule.TestServer.Authorization;

/// <summary>How strong a sign-in is (<c>acr</c>). This server asks for the same password each time, and for it anew where more is wanted.</summary>
internal static class ContextClasses
{
    public const string Password = "urn:authmodule:password";
    public const string Strong = "urn:authmodule:strong";

    public static IReadOnlyList<string> All { get; } = [Password, Strong];

    /// <summary>The first that is asked for and known.</summary>
    public static string Choose(string? wanted) =>
        wanted?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(All.Contains) ?? Password;
}
