using System;
using System.Collections.Generic;

namespace AuthModule.Providers;

/// <summary>A reply to a sign-in that asks for a second factor, and the request that answers it.</summary>
internal sealed record ChallengeDescription(Condition When)
{
    /// <summary>The methods that the service offers.</summary>
    public ReplyPlaces Methods { get; init; } = ReplyPlaces.None;

    /// <summary>What the requests below need of the reply; kept until the sign-in is over.</summary>
    public IReadOnlyList<KeepDescription> Keep { get; init; } = [];

    /// <summary>The second request, with the code; null where there is none.</summary>
    public OperationDescription? Answer { get; init; }

    /// <summary>A factor that a person confirms elsewhere; null where there is none.</summary>
    public PushDescription? Push { get; init; }
}

/// <summary>A second factor that is asked for elsewhere and waited for, like a device code.</summary>
internal sealed record PushDescription(IReadOnlyList<string> Methods, OperationDescription Poll)
{
    /// <summary>Sent once before; null where the challenge itself has asked the person.</summary>
    public OperationDescription? Start { get; init; }

    /// <summary>Replies that mean "not yet" besides those of the standards.</summary>
    public Condition? Pending { get; init; }

    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan Lifetime { get; init; } = TimeSpan.FromSeconds(120);
}
