using System.Collections.Generic;

namespace AuthModule.Core.Tests.Fuzzing;

/// <summary>All parsers of outside bytes. A new one is a line in one of the lists.</summary>
internal static class FuzzTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } = [.. ReplyTargets.All, .. SignInTargets.All, .. ApiTargets.All, .. HeaderTargets.All, .. FileTargets.All, .. StoreTargets.All, .. TextTargets.All, .. SocketTargets.All];
}
