using System;

namespace AuthModule.Benchmarks;

/// <summary>What was measured did not do what it should: its time means nothing.</summary>
internal sealed class WrongResultException(string message) : Exception(message)
{
    public static void Require(bool isRight, string otherwise)
    {
        if (!isRight)
        {
            throw new WrongResultException(otherwise);
        }
    }
}
