using System.Management.Automation;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Requests;

namespace AuthModule.Commands;

/// <summary>A workload signs in by what its platform says of it (RFC 7523, section 2.2), read again at every renewal.</summary>
public sealed partial class GetAuthTokenCommand
{
    private const string WorkloadSet = "Workload";

    /// <summary>Where the assertion comes from: <c>file:PATH</c>, <c>kubernetes</c>, <c>github</c>, <c>azure-pipelines</c>, or a script block that gives it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WorkloadSet)]
    [ValidateNotNull]
    [ArgumentCompleter(typeof(AssertionSourceCompleter))]
    public object? AssertionSource { get; set; }

    private TokenRequest WithWorkload(TokenRequest request) => request with
    {
        Grant = GrantNames.Workload,
        Client = new ClientCredential { AssertionSource = AssertionSourceArgument.Read(this, AssertionSource) },
    };
}
