using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>The requests of one sign-in in their order: those before, the grant's own, what a challenge wants, those after. A renewal has the middle one only.</summary>
internal sealed class SignInSteps(GrantContext context, OperationCall main, ReplyDescription reply)
{
    private readonly bool keepsCookies = context.Service.Description.KeepsCookies;

    // A renewal of a session brings no token: the one that is there lives on.
    private bool KeepsToken => context.Previous is not null && reply.KeepsToken;

    /// <summary>What the replies so far brought that stays with the session.</summary>
    public IReadOnlyList<KeptValue> Kept { get; private set; } = main.Kept;

    /// <summary>The reply that holds the token, and how it is read.</summary>
    public async Task<(ReplyDocument Document, ReplyDescription Reply)> RunAsync(CancellationToken cancellationToken)
    {
        if (context.Previous is null)
        {
            foreach (OperationDescription step in main.Operation.Before)
            {
                await SendAsync(Inner(step, ".before", "request before the sign-in"), step, cancellationToken).ConfigureAwait(false);
            }
        }

        ChallengeDescription? challenge = context.Previous is null ? main.Operation.Challenge : null;
        ReplyDocument document = await context.Runner.RunForReplyAsync(main with { Kept = Kept, Expected = challenge?.When }, KeepsToken ? null : reply.AccessToken, cancellationToken).ConfigureAwait(false);
        TakeCookies(document);
        if (challenge is null || !Conditions.Fit(document, challenge.When))
        {
            return (document, reply);
        }

        var step2 = new ChallengeStep(context, main with { Kept = Kept }, challenge, reply);
        (ReplyDocument answered, ReplyDescription read) = await step2.RunAsync(document, cancellationToken).ConfigureAwait(false);
        TakeCookies(answered);
        return (answered, read);
    }

    /// <summary>The tokens with what the requests behind the sign-in brought.</summary>
    public async Task<TokenSet> FinishAsync(TokenSet tokens, CancellationToken cancellationToken)
    {
        Kept = tokens.Kept;
        if (context.Previous is not null || main.Operation.After.Count == 0)
        {
            return tokens;
        }

        foreach (OperationDescription step in main.Operation.After)
        {
            OperationCall call = Inner(step, ".after", "request after the sign-in") with { Token = tokens.AccessToken, TokenType = tokens.TokenType };
            ReplyDocument? document = await SendAsync(
                call with
                {
                    Fill = values =>
                    {
                        main.Fill(values);
                        values.Set("accessToken", tokens.AccessToken);
                        values.Set("tokenType", tokens.TokenType);
                    },
                },
                step,
                cancellationToken).ConfigureAwait(false);
            if (document is not null && step.Reply is { SaysLifetime: true } said
                && TokenLifetime.Said(document, said, document.Reply.ServerTime ?? context.Clock.GetUtcNow()) is { } lifetime)
            {
                tokens = tokens.WithLifetime(lifetime);
            }
        }

        return tokens.WithKept(Kept);
    }

    private OperationCall Inner(OperationDescription step, string ending, string title) =>
        main with { Name = main.Name + ending, Title = title, Operation = step, Kept = Kept, Expected = null, ProofKey = null, SendsExtras = false, Repeatable = true };

    // Null where it is not sent: the caller gave nothing that it is about.
    private async Task<ReplyDocument?> SendAsync(OperationCall call, OperationDescription step, CancellationToken cancellationToken)
    {
        if (!context.Runner.HasNeeds(call))
        {
            return null;
        }

        ReplyDocument document = await context.Runner.RunForReplyAsync(call, token: null, cancellationToken).ConfigureAwait(false);
        TakeCookies(document);
        Kept = KeptValues.Merge(Kept, ReplyKeeper.Read(document, step.Reply?.Keep ?? []));
        return document;
    }

    private void TakeCookies(ReplyDocument document)
    {
        if (keepsCookies)
        {
            Kept = SessionCookies.Merge(Kept, document.Reply);
        }
    }
}
