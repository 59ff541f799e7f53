namespace AuthModule.Core.Tests.Extensions;

/// <summary>What is added to the registries stays there, so it is added when all other tests have run.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ExtensionCollection
{
    public const string Name = "Extensions";
}
