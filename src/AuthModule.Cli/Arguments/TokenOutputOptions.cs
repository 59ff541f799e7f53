using System;
using System.Collections;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using AuthModule.Cli.Helpers;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>In which form a token is printed: for people, for scripts, or as another program wants it.</summary>
internal sealed class TokenOutputOptions : OptionGroup
{
    private static readonly Dictionary<string, TokenForm> Forms = new()
    {
        ["json"] = TokenForm.Json,
        ["token"] = TokenForm.Token,
        ["header"] = TokenForm.Header,
        ["env"] = TokenForm.Env,
        ["kubectl"] = TokenForm.Kubectl,
        ["git"] = TokenForm.Git,
        ["docker"] = TokenForm.Docker,
        ["aws"] = TokenForm.Aws,
        ["gcloud"] = TokenForm.Gcloud,
        ["curl-config"] = TokenForm.CurlConfig,
        ["text"] = TokenForm.Text,
    };

    private readonly Option<TokenForm?> form;
    private readonly Option<bool> json;
    private readonly Option<bool> allTokens;
    private readonly Option<bool> useIdToken;

    public TokenOutputOptions()
        : base("The output")
    {
        form = Add(NewOption.OptionalChoice("--output", "One JSON object, the token alone, its header, or what another program reads (text on a terminal, JSON elsewhere).", Forms));
        json = Add(NewOption.Flag("--json", "The same as --output json."));
        allTokens = Add(NewOption.Flag("--all-tokens", "Refresh token and ID token as well, in the JSON."));
        useIdToken = Add(NewOption.Flag("--use-id-token", "The ID token in place of the access token, where another program reads it."));
    }

    public TokenForm Form(Invocation call) => call.Parsed.GetValue(json) ? TokenForm.Json
        : call.Parsed.GetValue(form) ?? (call.Context.IsOutputTerminal ? TokenForm.Text : TokenForm.Json);

    /// <summary>What another program is to carry.</summary>
    public TokenChoice Choose(Invocation call, AuthToken token) => TokenChoice.Of(token, call.Parsed.GetValue(useIdToken));

    /// <exception cref="UsageException">A form that asks something of the caller, which only 'get' answers.</exception>
    public void RequireSimple(Invocation call)
    {
        if (Form(call) is TokenForm.Git or TokenForm.Docker or TokenForm.Aws)
        {
            throw new UsageException("This form of output is one of 'authmodule get'.");
        }
    }

    /// <summary>Whether the output has the new refresh token, which may have taken the place of the one that was given.</summary>
    public bool HasRefreshToken(Invocation call) => Form(call) is TokenForm.Json or TokenForm.Text;

    public void Write(Invocation call, AuthToken token, bool withRefreshToken = false)
    {
        switch (Form(call))
        {
            case TokenForm.Token:
                call.Context.Output.WriteLine(call.Parsed.GetValue(useIdToken) ? Choose(call, token).Text : token.ToPlainText());
                break;
            case TokenForm.Header:
                WriteLines(call, HeadersOf(call, token).Cast<DictionaryEntry>()
                    .OrderBy(static header => (string)header.Key, StringComparer.Ordinal)
                    .Select(static header => $"{header.Key}: {header.Value}"));
                break;
            case TokenForm.Env:
                WriteLines(call, ShellLine.Of(token, Choose(call, token)));
                break;
            case TokenForm.CurlConfig:
                WriteLines(call, CurlConfig.Of(HeadersOf(call, token)));
                break;
            case TokenForm.Kubectl:
                call.Context.WriteJson(ExecCredential.Of(Choose(call, token), call.Context.Environment));
                break;
            case TokenForm.Gcloud:
                call.Context.WriteJson(ExternalAccount.Of(Choose(call, token), call.Context.Environment));
                break;
            case TokenForm.Text:
                TokenText.Write(call.Context, token, withRefreshToken || call.Parsed.GetValue(allTokens));
                break;
            default:
                bool all = call.Parsed.GetValue(allTokens);
                call.Context.WriteJson(TokenJson.Of(token, withRefreshToken || all, withIdToken: all));
                break;
        }
    }

    private static void WriteLines(Invocation call, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            call.Context.Output.WriteLine(line);
        }
    }

    private Hashtable HeadersOf(Invocation call, AuthToken token) => call.Parsed.GetValue(useIdToken)
        ? new Hashtable { ["Authorization"] = $"Bearer {Choose(call, token).Text}" }
        : token.ToHeader();
}
