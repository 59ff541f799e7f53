using System.Management.Automation;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>
/// What names a service comes through the pipeline too, so that a table of services is a list of tests. A cell that is empty says
/// nothing. The other cmdlets do not have this: a session or a token that is piped to them has properties of these names.
/// </summary>
public sealed partial class TestAuthServiceCommand
{
    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("AuthUrl", "BaseUrl")]
    [AllowEmptyString]
    [AllowNull]
    public override string? Authority { get => base.Authority; set => base.Authority = Filled(value); }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public override string? Provider { get => base.Provider; set => base.Provider = Filled(value); }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public override string? ClientId { get => base.ClientId; set => base.ClientId = Filled(value); }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyCollection]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    public override string[] Scope { get => base.Scope; set => base.Scope = value ?? []; }

    /// <inheritdoc/>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public override string? TokenEndpoint { get => base.TokenEndpoint; set => base.TokenEndpoint = Filled(value); }

    private static string? Filled(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
