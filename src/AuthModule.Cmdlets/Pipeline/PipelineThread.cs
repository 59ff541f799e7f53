using System;
using System.Threading;

namespace AuthModule.Pipeline;

/// <summary>The thread of a call that may run scripts of the user. It flows with the work that the call starts.</summary>
internal static class PipelineThread
{
    private static readonly AsyncLocal<IPipelineThread?> Ambient = new();

    /// <summary>That of the call on whose behalf this code runs; null outside of one.</summary>
    public static IPipelineThread? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }
}

/// <summary>Runs scripts where PowerShell lets them run.</summary>
internal interface IPipelineThread
{
    /// <summary>Runs something on the pipeline thread, from whatever thread the engine is on: scripts of the user run only there.</summary>
    T Run<T>(Func<T> script);
}
