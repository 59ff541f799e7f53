using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Profiles.Editing;

namespace AuthModule.Commands;

/// <summary>A cmdlet that writes a profile: its fields as parameters.</summary>
public abstract class ProfileWritingCommand : AsyncCommand
{
    private const string FilePrefix = "file:";

    /// <summary>What the profile is for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Description { get; set; }

    /// <summary>The service's host name or address.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Authority { get; set; }

    /// <summary>The description of the service.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? Provider { get; set; }

    /// <summary>Where tokens are asked for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TokenEndpoint { get; set; }

    /// <summary>The client.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientId { get; set; }

    /// <summary>Where the client's secret is.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ClientSecret { get; set; }

    /// <summary>A file with the client's private key.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ClientKey { get; set; }

    /// <summary>Where the password of that file is.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ClientKeyPassword { get; set; }

    /// <summary>How the client proves itself.</summary>
    [Parameter]
    [ValidateSet(ClientProof.Basic, ClientProof.BasicPlain, ClientProof.Post, ClientProof.SecretJwt, ClientProof.PrivateKeyJwt, ClientProof.Tls)]
    public string? ClientAuthentication { get; set; }

    /// <summary>Who signs in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>Where the password is.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Password { get; set; }

    /// <summary>How long the token shall last.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TokenDuration { get; set; }

    /// <summary>Where the API key is.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? ApiKey { get; set; }

    /// <summary>Where a workload's assertion comes from.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(AssertionSourceCompleter))]
    public string? AssertionSource { get; set; }

    /// <summary>A person signs in with the browser of this machine.</summary>
    [Parameter]
    public SwitchParameter Interactive { get; set; }

    /// <summary>A person signs in with the browser of another device.</summary>
    [Parameter]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>Where the browser comes back to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? RedirectUri { get; set; }

    /// <summary>Who is to sign in.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? LoginHint { get; set; }

    /// <summary>What the service shall ask of the person.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PromptCompleter))]
    public string? Prompt { get; set; }

    /// <summary>What the token shall be good for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Scope { get; set; }

    /// <summary>The APIs that the token is for.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Resource { get; set; }

    /// <summary>The provider's own parameters.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Parameter { get; set; }

    /// <summary>Ways to sign in, of which the first that fits the place is taken.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WayCompleter))]
    public object[]? Chain { get; set; }

    /// <summary>Where tokens are kept.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(StoreCompleter))]
    public string? Store { get; set; }

    /// <summary>Tokens are bound to a key of the session.</summary>
    [Parameter]
    public SwitchParameter Dpop { get; set; }

    /// <summary>Nobody is there to act.</summary>
    [Parameter]
    public SwitchParameter NonInteractive { get; set; }

    /// <summary>A proxy to go through.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Proxy { get; set; }

    /// <summary>A file with the only authorities to trust.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? CaCertificate { get; set; }

    /// <summary>The fields that the call gives, as the file has them.</summary>
    private protected Dictionary<string, object?> Fields()
    {
        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (ProfileField field in ProfileField.All)
        {
            string parameter = char.ToUpperInvariant(field.Name[0]) + field.Name.Substring(1);
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out object? value) && value is not null)
            {
                fields[field.Name] = Value(field, value, "-" + parameter);
            }
        }

        return fields;
    }

    /// <summary>The engine's writer, which tells editors where the schema of this installation is.</summary>
    private protected ProfileEditor Editor
    {
        get
        {
            string schema = Path.Combine(MyInvocation.MyCommand.Module?.ModuleBase ?? string.Empty, "schemas", "profile.schema.json");
            Engine.ProfileEditor.SchemaPath = File.Exists(schema) ? new Uri(schema).AbsoluteUri : null;
            return Engine.ProfileEditor;
        }
    }

    private object Value(ProfileField field, object value, string parameter) => field.Kind switch
    {
        ProfileFieldKind.Reference => ProfileFields.Reference(value, parameter),
        ProfileFieldKind.Map => ProfileFields.Parameters((Hashtable)value, parameter),
        ProfileFieldKind.Flag => (bool)(SwitchParameter)value,
        _ => field.Name switch
        {
            "chain" => ProfileFields.Chain((object[])value, parameter),
            "clientKey" or "caCertificate" => Paths.Resolve(this, (string)value, parameter, AuthErrorId.InvalidProfile),
            "store" or "assertionSource" when ((string)value).StartsWith(FilePrefix, StringComparison.OrdinalIgnoreCase) && ((string)value).Length > FilePrefix.Length =>
                FilePrefix + Paths.Resolve(this, ((string)value).Substring(FilePrefix.Length), parameter, AuthErrorId.InvalidProfile),
            _ => value,
        },
    };
}
