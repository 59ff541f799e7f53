using AuthModule.Platform;

namespace AuthModule.Requests;

/// <summary>An assertion source that is at some places only, and can tell without being asked for an assertion.</summary>
internal interface IPlacedSource
{
    /// <summary>Why there is no assertion to be had here: a clause; null where there is.</summary>
    string? Absence(IEnvironment environment);
}
