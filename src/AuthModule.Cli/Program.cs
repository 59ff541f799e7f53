using System;

Console.Error.WriteLine("authmodule: not yet built");
return 2;
