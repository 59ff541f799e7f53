using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using AuthModule.Runspaces;
using AuthModule.Pipeline;

namespace AuthModule.Arguments;

/// <summary>Lets <c>-Session</c> take what names a session besides itself: its id, as tab completion writes it, or one of its tokens.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
internal sealed class SessionArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData) => PipelineValue.Unwrap(inputData) switch
    {
        AuthToken token => token.Session,
        string id => RunspaceSessions.Existing?.Find(id)
            ?? throw new ArgumentTransformationMetadataException($"There is no session '{id}' in this runspace. Get-AuthSession lists them."),
        IList several => several.Cast<object?>().Select(one => Transform(engineIntrinsics, one)).ToArray(),
        _ => inputData,
    };
}
