using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Operations;
using AuthModule.Providers;
using AuthModule.Secrets;
using AuthModule.Telemetry;
using AuthModule.Tokens;

namespace AuthModule.Grants;

/// <summary>Answers a reply that asks for a second factor: with the caller's code, with one that a person is asked for, or by waiting until it is confirmed elsewhere.</summary>
internal sealed class ChallengeStep(GrantContext context, OperationCall main, ChallengeDescription challenge, ReplyDescription reply)
{
    /// <exception cref="AuthenticationException">MfaRequired: nobody is there to answer; InvalidOtp; what the service refuses.</exception>
    public async Task<(ReplyDocument Document, ReplyDescription Reply)> RunAsync(ReplyDocument asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> methods = challenge.Methods.Paths.Count > 0 ? SecondFactorAsked.MethodsAt(asked, challenge.Methods) : SecondFactorAsked.MethodsIn(asked);
        IReadOnlyList<KeptValue> kept = KeptValues.Merge(main.Kept, ReplyKeeper.Read(asked, challenge.Keep));
        if (Chosen(methods) is { } unknown && methods.Count > 0 && !methods.Contains(unknown, StringComparer.OrdinalIgnoreCase))
        {
            throw ReplyErrors.SecondFactor(asked, main, methods, $"{context.Service.DisplayName} does not offer '{unknown}' now: choose another with -Parameter @{{ mfaMethod = ... }}.");
        }

        Secret? code = context.Request.Input.Otp;
        bool mayAsk = !context.Request.IsNonInteractive;
        string? pushed = challenge.Push is { } push && mayAsk && code is null ? PushedMethod(push, methods) : null;
        if (code is null && pushed is null && challenge.Answer is not null && mayAsk && context.Request.Input.AskForCode is { } ask)
        {
            code = await ask(Question(methods), cancellationToken).ConfigureAwait(false);
        }

        if (code is not null && challenge.Answer is { } answer)
        {
            string? method = Chosen(methods) ?? methods.FirstOrDefault(offered => challenge.Push?.Methods.Contains(offered, StringComparer.OrdinalIgnoreCase) != true);
            ReplyDescription read = answer.Reply ?? reply;
            OperationCall call = Inner(answer, ReplyErrors.ChallengeAnswer, "second factor", kept, methods, method, code) with { Repeatable = false };
            return (await context.Runner.RunForReplyAsync(call, read.AccessToken, cancellationToken).ConfigureAwait(false), read);
        }

        return pushed is not null
            ? await PushAsync(challenge.Push!, pushed, kept, methods, cancellationToken).ConfigureAwait(false)
            : throw ReplyErrors.SecondFactor(asked, main, methods, challenge.Answer is null ? "Confirm the sign-in on your other device: run it where a person can, without -NonInteractive." : null);
    }

    private string? Chosen(IReadOnlyList<string> methods) =>
        context.Service.MfaMethod is { } wanted ? methods.FirstOrDefault(method => string.Equals(method, wanted, StringComparison.OrdinalIgnoreCase)) ?? wanted : null;

    // The person's choice first; else it is what the service offers first, or all that can be done here.
    private string? PushedMethod(PushDescription push, IReadOnlyList<string> methods)
    {
        bool IsPushed(string method) => push.Methods.Count == 0 || push.Methods.Contains(method, StringComparer.OrdinalIgnoreCase);
        if (Chosen(methods) is { } chosen)
        {
            return IsPushed(chosen) ? chosen : null;
        }

        string? offered = methods.Count == 0 ? push.Methods.FirstOrDefault() ?? "push" : methods.FirstOrDefault(IsPushed);
        bool isFirst = methods.Count == 0 || IsPushed(methods[0]);
        return isFirst || challenge.Answer is null || context.Request.Input.AskForCode is null ? offered : null;
    }

    private async Task<(ReplyDocument Document, ReplyDescription Reply)> PushAsync(
        PushDescription push, string method, IReadOnlyList<KeptValue> kept, IReadOnlyList<string> methods, CancellationToken cancellationToken)
    {
        string service = context.Service.DisplayName;
        if (push.Start is { } start)
        {
            ReplyDocument started = await context.Runner.RunForReplyAsync(
                Inner(start, ".push", "request for a confirmation", kept, methods, method, null), token: null, cancellationToken).ConfigureAwait(false);
            kept = KeptValues.Merge(kept, ReplyKeeper.Read(started, start.Reply?.Keep ?? []));
        }

        context.Log.Write(LogLevel.Information, $"Confirm the sign-in at {service} on your other device ({method}).");
        ReplyDescription read = push.Poll.Reply ?? reply;
        OperationCall poll = Inner(push.Poll, ".push", "token request", kept, methods, method, null) with { Expected = push.Pending };
        ReplyDocument document = await Polling.RunAsync(
            context,
            "the request",
            "Waiting for the confirmation on another device. Ctrl+C ends it.",
            push.Interval,
            push.Lifetime,
            AuthErrorId.AuthorizationExpired,
            async () =>
            {
                ReplyDocument polled = await context.Runner.RunForReplyAsync(poll, read.AccessToken, cancellationToken).ConfigureAwait(false);
                bool isPending = push.Pending is { } pending && Conditions.Fit(polled, pending) && polled.FindText(read.AccessToken) is not { Length: > 0 };
                return !isPending ? polled : throw AuthError.Create(
                    AuthErrorId.InteractionRequired,
                    $"{service} waits for the confirmation.",
                    new ErrorDetails { Service = service, OAuthError = "authorization_pending" });
            },
            cancellationToken).ConfigureAwait(false);
        return (document, read);
    }

    private OperationCall Inner(
        OperationDescription step, string ending, string title, IReadOnlyList<KeptValue> kept, IReadOnlyList<string> methods, string? method, Secret? code) => main with
        {
            Name = main.Name + ending,
            Title = title,
            Operation = step,
            Kept = kept,
            Expected = null,
            SendsExtras = false,
            Fill = values =>
            {
                main.Fill(values);
                values.Set("otp", code);
                values.Set("mfaMethod", method);
                values.Set("mfaMethods", methods);
            },
        };

    private string Question(IReadOnlyList<string> methods) =>
        $"Code of the second factor for {context.Request.Input.UserName ?? "the sign-in"} at {context.Service.DisplayName}{(methods.Count == 0 ? string.Empty : $" ({string.Join(", ", methods)})")}";
}
