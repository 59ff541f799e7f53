using System;
using AuthModule.TestServer.Dialects;
using AuthModule.TestServer.Hosting;
using Microsoft.AspNetCore.Routing;

namespace AuthModule.TestServer.Endpoints;

/// <summary>Everything that the server answers. A new endpoint is one file and one line here.</summary>
internal static class EndpointList
{
    /// <summary>What each issuer of the server has.</summary>
    private static readonly Action<IEndpointRouteBuilder, ServerState, Realm>[] OfRealm =
    [
        DiscoveryEndpoint.Map,
        JwksEndpoint.Map,
        AuthorizationEndpoint.Map,
        TokenEndpoint.Map,
        IntrospectionEndpoint.Map,
        RevocationEndpoint.Map,
        UserInfoEndpoint.Map,
        PushedAuthorizationEndpoint.Map,
        DeviceAuthorizationEndpoint.Map,
        BackchannelEndpoint.Map,
    ];

    /// <summary>What the server has once: its pages, sample APIs and the dialects.</summary>
    private static readonly Action<IEndpointRouteBuilder, ServerState>[] OfServer =
    [
        HomeEndpoint.Map,
        RequestsEndpoint.Map,
        DialogEndpoint.Map,
        DeviceEndpoint.Map,
        ApprovalsEndpoint.Map,
        OrdersEndpoint.Map,
        PayrollEndpoint.Map,
        DialectList.Map,
    ];

    public static void Map(IEndpointRouteBuilder routes, ServerState state)
    {
        MapRealm(routes, state, Realm.Root);
        foreach (Action<IEndpointRouteBuilder, ServerState> map in OfServer)
        {
            map(routes, state);
        }
    }

    public static void MapRealm(IEndpointRouteBuilder routes, ServerState state, Realm realm)
    {
        foreach (Action<IEndpointRouteBuilder, ServerState, Realm> map in OfRealm)
        {
            map(routes, state, realm);
        }
    }
}
