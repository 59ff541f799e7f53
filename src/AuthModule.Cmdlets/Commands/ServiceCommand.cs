using System.Collections;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A cmdlet that names a service: which.</summary>
public abstract class ServiceCommand : TransportCommand
{
    /// <summary>The service's host name or address.</summary>
    [Parameter]
    [Alias("AuthUrl", "BaseUrl")]
    [ValidateNotNull]
    public virtual string? Authority { get; set; }

    /// <summary>The description of the service; <c>oidc</c> where nothing else is said.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public virtual string? Provider { get; set; }

    /// <summary>A profile of your profile file; what the call itself says comes before it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProfileCompleter))]
    public string? Profile { get; set; }

    /// <summary>The provider's own parameters, and fields to send besides. A SecureString, and the password of a PSCredential, are kept as secrets.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Parameter { get; set; }

    // What was typed is not repeated where it may hold a password.
    private protected override object? Target => Authority is { } typed && (typed.IndexOf('@') >= 0 || string.IsNullOrWhiteSpace(typed)) ? "-Authority" : Authority ?? Provider ?? Profile;

    /// <summary>What this cmdlet's parameters say of the service; each level adds its own.</summary>
    private protected virtual TokenRequest Request() => RequestFields.AddTo(
        new()
        {
            Authority = Authority,
            Provider = Provider,
            Profile = Profile,
            Transport = Transport(),
        },
        Parameter);
}
