using System;
using AuthModule.Json;

namespace AuthModule.Providers;

/// <summary>Reads the <c>challenge</c> of a grant.</summary>
internal static class ChallengeReader
{
    private const int Hour = 3600;

    /// <summary>Null where there is none.</summary>
    public static ChallengeDescription? Read(LocatedObject grant)
    {
        if (grant.Object("challenge") is not { } source)
        {
            return null;
        }

        Condition? when = ConditionReader.Read(source, "when");
        if (!source.Has("when"))
        {
            source.Report("when", "is missing: say by what the reply is known that asks for a second factor");
        }

        var challenge = new ChallengeDescription(when ?? new Condition(ReplyPlaces.None))
        {
            Methods = PlaceReader.Read(source, "methods", ReplyPlaces.None),
            Keep = KeepReader.ReadAll(source),
            Answer = source.Object("answer") is { } answer ? OperationDescriptionReader.ReadInner(answer) : null,
            Push = source.Object("push") is { } push ? ReadPush(push) : null,
        };
        source.RefuseOthers();
        return challenge;
    }

    private static PushDescription ReadPush(LocatedObject source)
    {
        if (!source.Has("poll"))
        {
            source.Report("poll", "is missing: describe the request that is sent until there is a token");
        }

        var push = new PushDescription(source.Texts("methods"), source.Object("poll") is { } poll ? OperationDescriptionReader.ReadInner(poll) : new OperationDescription())
        {
            Start = source.Object("start") is { } start ? OperationDescriptionReader.ReadInner(start) : null,
            Pending = ConditionReader.Read(source, "pending"),
            Interval = TimeSpan.FromSeconds(source.Integer("interval", 1, Hour) ?? 5),
            Lifetime = TimeSpan.FromSeconds(source.Integer("lifetime", 1, Hour) ?? 120),
        };
        source.RefuseOthers();
        return push;
    }
}
