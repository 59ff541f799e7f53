using System;
using AuthModule.Discovery;
using AuthModule.Http;
using AuthModule.Profiles;
using AuthModule.Requests;

namespace AuthModule.TokenTesting;

/// <summary>What a test of tokens needs of the engine.</summary>
internal interface ITestingEngine
{
    TimeProvider Clock { get; }

    IHttpSender Sender { get; }

    MetadataSource Metadata { get; }

    IntrospectionRequest Introspection { get; }

    ReferencedSecrets Secrets { get; }

    /// <summary>Whether the environment says which service is meant.</summary>
    bool EnvironmentNamesService { get; }

    (TokenRequest Request, Service Service) Resolve(TokenRequest request);
}
