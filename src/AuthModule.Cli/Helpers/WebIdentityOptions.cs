using System;
using System.CommandLine;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Helpers;

/// <summary>Where a token is turned into credentials of AWS.</summary>
internal sealed class WebIdentityOptions : OptionGroup
{
    private readonly Option<string?> role;
    private readonly Option<string?> endpoint;
    private readonly Option<string?> sessionName;
    private readonly Option<TimeSpan?> duration;

    public WebIdentityOptions()
        : base("With --output aws")
    {
        role = Add(NewOption.Text("--aws-role-arn", "ARN", "The role to assume (AWS_ROLE_ARN)."));
        endpoint = Add(NewOption.Text("--aws-endpoint", "URL", "The token service, such as https://sts.eu-west-1.amazonaws.com (AWS_ENDPOINT_URL_STS)."));
        sessionName = Add(NewOption.Text("--aws-session-name", "NAME", "What its logs call the session (AWS_ROLE_SESSION_NAME; else authmodule)."));
        duration = Add(NewOption.Time("--aws-duration", "How long the credentials should live: 3600, 1h."));
    }

    /// <exception cref="UsageException">Something is missing; nothing was sent.</exception>
    public WebIdentityWish Read(Invocation call)
    {
        ParseResult parsed = call.Parsed;
        string? Find(Option<string?> option, string variable) => parsed.GetValue(option) ?? call.Context.Environment.Get(variable);
        string address = Find(endpoint, "AWS_ENDPOINT_URL_STS") ?? throw new UsageException("--output aws needs --aws-endpoint: the token service that is asked.");
        return new WebIdentityWish
        {
            Endpoint = Uri.TryCreate(address, UriKind.Absolute, out Uri? url) && url.Scheme is "https" or "http" && url.UserInfo.Length == 0
                ? url
                : throw new UsageException("--aws-endpoint takes an http(s) address."),
            Role = Find(role, "AWS_ROLE_ARN") ?? throw new UsageException("--output aws needs --aws-role-arn: the role to assume."),
            SessionName = Find(sessionName, "AWS_ROLE_SESSION_NAME") ?? "authmodule",
            Duration = parsed.GetValue(duration),
        };
    }
}

/// <summary>What is asked of the token service.</summary>
internal sealed record WebIdentityWish
{
    public required Uri Endpoint { get; init; }

    public required string Role { get; init; }

    public required string SessionName { get; init; }

    /// <summary>Null leaves it to the service.</summary>
    public TimeSpan? Duration { get; init; }
}
