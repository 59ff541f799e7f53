using System;
using System.Collections;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using AuthModule.Cli.Output;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Arguments;

/// <summary>In which form a token is printed.</summary>
internal sealed class TokenOutputOptions : OptionGroup
{
    private enum Form
    {
        Json,
        Token,
        Header,
    }

    private readonly Option<Form> form;
    private readonly Option<bool> allTokens;

    public TokenOutputOptions()
        : base("The output")
    {
        form = Add(NewOption.Choice(
            "--output",
            "One JSON object (as is), the access token alone, or the header that carries it.",
            Form.Json,
            new Dictionary<string, Form> { ["json"] = Form.Json, ["token"] = Form.Token, ["header"] = Form.Header }));
        allTokens = Add(NewOption.Flag("--all-tokens", "Refresh token and ID token as well, in the JSON."));
    }

    public void Write(Invocation call, AuthToken token, bool withRefreshToken = false)
    {
        switch (call.Parsed.GetValue(form))
        {
            case Form.Token:
                call.Context.Output.WriteLine(token.ToPlainText());
                break;
            case Form.Header:
                foreach (DictionaryEntry header in token.ToHeader().Cast<DictionaryEntry>().OrderBy(static header => (string)header.Key, StringComparer.Ordinal))
                {
                    call.Context.Output.WriteLine($"{header.Key}: {header.Value}");
                }

                break;
            default:
                bool all = call.Parsed.GetValue(allTokens);
                call.Context.WriteJson(TokenJson.Of(token, withRefreshToken || all, withIdToken: all));
                break;
        }
    }
}
