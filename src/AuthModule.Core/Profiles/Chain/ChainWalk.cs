using System.Collections.Generic;

namespace AuthModule.Profiles.Chain;

/// <summary>Goes through a profile's chain to the first way that fits the place, and keeps why the ways before it did not.</summary>
internal sealed class ChainWalk(ProfileDescription profile, SignInPlace place)
{
    private readonly List<string> passedOver = [];
    private readonly Queue<ChainEntry> open = new(profile.Chain);

    /// <summary>The ways that did not fit, as <c>workload: why not</c>.</summary>
    public IReadOnlyList<string> PassedOver => passedOver;

    /// <summary>One of them wanted a person, and none is there.</summary>
    public bool WantedPerson { get; private set; }

    /// <summary>The next way that fits; null where none is left.</summary>
    public ChainedWay? Next()
    {
        while (open.Count > 0)
        {
            ChainEntry entry = open.Dequeue();
            WayFit fit = entry.Way.Look(entry.Profile, place);
            if (fit.Profile is { } fitting)
            {
                return new ChainedWay(entry.Way, fitting, fit.Reason);
            }

            WantedPerson |= entry.Way is IPersonWay;
            Pass(entry.Way, fit.Reason);
        }

        return null;
    }

    /// <summary>The way that was taken last does not fit after all.</summary>
    public void Pass(ISignInWay way, string reason) => passedOver.Add($"{way.Name}: {reason}");
}

/// <summary>A way that fits.</summary>
/// <param name="Way">Which.</param>
/// <param name="Profile">The profile as it signs in.</param>
/// <param name="Reason">What was found that it fits by.</param>
internal sealed record ChainedWay(ISignInWay Way, ProfileDescription Profile, string Reason);
