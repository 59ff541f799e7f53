using System;
using System.IO;

namespace AuthModule.Help;

/// <summary>dotnet AuthModule.Help.dll CMDLETS.dll PAGES OUTPUT: writes the help of the cmdlets and the about topics.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments.Length != 3)
        {
            Console.Error.WriteLine("AuthModule.Help CMDLETS.dll FOLDER-OF-PAGES FOLDER-TO-WRITE-TO");
            return 2;
        }

        HelpBuild build = HelpBuild.Run(Path.GetFullPath(arguments[0]), Path.GetFullPath(arguments[1]));
        foreach (HelpFault fault in build.Faults)
        {
            Console.Error.WriteLine(fault);
        }

        if (build.Faults.Count > 0)
        {
            return 1;
        }

        build.Write(Path.GetFullPath(arguments[2]));
        return 0;
    }
}
