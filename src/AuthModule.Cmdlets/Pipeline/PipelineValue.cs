using System.Management.Automation;

namespace AuthModule.Pipeline;

/// <summary>A value as the pipeline or a parameter brings it.</summary>
internal static class PipelineValue
{
    /// <summary>The value without PowerShell's wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
