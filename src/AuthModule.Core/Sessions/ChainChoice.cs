using System.Collections.Generic;
using AuthModule.Requests;

namespace AuthModule.Sessions;

/// <summary>The way of a profile's chain that a call takes.</summary>
/// <param name="Way">Its name.</param>
/// <param name="Reason">What it fits by.</param>
/// <param name="Request">The call with the profile's values as this way signs in.</param>
/// <param name="Session">The session that is gone on with; null where one is opened.</param>
/// <param name="PassedOver">The ways before it, as <c>workload: why not</c>.</param>
internal sealed record ChainChoice(string Way, string Reason, TokenRequest Request, AuthSession? Session, IReadOnlyList<string> PassedOver);
