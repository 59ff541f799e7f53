using System;
using System.Threading.Tasks;

namespace AuthModule.Interaction;

/// <summary>The browser of the person who signs in.</summary>
internal interface IBrowser
{
    /// <summary>Opens an address. Returns a task that ends with the exit code of the program that was started, or never where that tells nothing.</summary>
    /// <param name="address">Http or https.</param>
    /// <param name="path">The program to start; null is the system's browser.</param>
    /// <exception cref="AuthenticationException">InteractionRequired: there is none, or it cannot be started.</exception>
    Task<int> Open(Uri address, string? path);
}
