using System;
using System.Collections.Generic;
using System.Management.Automation;
using AuthModule.Completion;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A cmdlet that signs in: as which client, for what.</summary>
public abstract class SignInCommand : ServiceCommand
{
    /// <summary>The client that the service knows.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? ClientId { get; set; }

    /// <summary>What the token shall be good for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public virtual string[] Scope { get; set; } = [];

    /// <summary>The APIs that the token is for (RFC 8707).</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] Resource { get; set; } = [];

    /// <summary>Where tokens are asked for, for a service without discovery.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public virtual string? TokenEndpoint { get; set; }

    /// <summary>Turns on what a security profile demands and refuses what it forbids: <c>Fapi2</c> is the FAPI 2.0 Security Profile.</summary>
    [Parameter]
    [ValidateSet(SecurityProfiles.Fapi2)]
    public string? SecurityProfile { get; set; }

    private protected override TokenRequest Request() => base.Request() with
    {
        SecurityProfile = SecurityProfile,
        ClientId = ClientId,
        Scopes = Words(Scope),
        Resources = Resource,
        TokenEndpoint = TokenEndpoint,
    };

    // A scope holds no space (RFC 6749, section 3.3), so a text with spaces is the wire's form of several.
    private static List<string> Words(string[] scopes)
    {
        var words = new List<string>(scopes.Length);
        foreach (string scope in scopes)
        {
            words.AddRange(scope.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }

        return words;
    }
}
