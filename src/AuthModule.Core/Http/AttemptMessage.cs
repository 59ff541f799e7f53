using System.Net;
using System.Net.Http;

namespace AuthModule.Http;

/// <summary>How an attempt ended, in the form that handlers pass on. Its reply is read already, so nothing is left to dispose of.</summary>
internal sealed class AttemptMessage(RepeatMessage sent, Attempt attempt)
    : HttpResponseMessage((HttpStatusCode)(attempt.Reply?.Status ?? 0))
{
    public RepeatMessage Sent { get; } = sent;

    public Attempt Attempt { get; } = attempt;
}
