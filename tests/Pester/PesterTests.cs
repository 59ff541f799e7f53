using AuthModule.Pester.Support;

namespace AuthModule.Pester;

/// <summary>The tests are the <c>*.Tests.ps1</c> files of this folder; each <c>It</c> of theirs is a result of its own.</summary>
public static class PesterTests
{
    [PesterFact]
    public static void Pester()
    {
        // Never called: PesterTestCase runs the files in its place.
    }
}
