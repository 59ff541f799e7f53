using AuthModule.Profiles.Editing;
using AuthModule.Providers;
using AuthModule.ServiceChecks;

namespace AuthModule.Guide;

/// <summary>What a guide needs of the engine.</summary>
internal interface IGuidedEngine : IDiagnosedEngine
{
    ProviderCatalog Providers { get; }

    ProfileEditor ProfileEditor { get; }
}
