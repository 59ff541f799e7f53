namespace AuthModule.Interaction;

/// <summary>A browser that knows without being started whether it is there.</summary>
internal interface IPlacedBrowser
{
    /// <summary>Why there is none: the end of a sentence; null where there is one.</summary>
    string? Absence { get; }
}
