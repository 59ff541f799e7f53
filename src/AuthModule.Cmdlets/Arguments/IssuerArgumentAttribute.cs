using System;
using System.Management.Automation;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>Lets one parameter take an issuer of one's own and the name of another's.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class IssuerArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        null => null,
        string name => name,
        AuthIssuer issuer => issuer,
        Uri address => address.OriginalString,
        var other => throw new ArgumentTransformationMetadataException($"An AuthIssuer (New-AuthIssuer) or the name of an issuer was expected, this is a {other.GetType().Name}."),
    };
}
