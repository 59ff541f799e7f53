namespace AuthModule.Cli.Tests.Support;

/// <summary>A request as it arrived, letter by letter.</summary>
internal sealed record FaultRequest(string Method, string Path, string Head, string Body);
