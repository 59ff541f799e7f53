namespace AuthModule.Stores;

/// <summary>A store whose name does not tell everything that makes it another one than the next.</summary>
internal interface IIdentifiedStore
{
    /// <summary>The same for the same store, different for another; without a meaning outside of this process.</summary>
    string Identity { get; }
}
