using System;
using System.Runtime.CompilerServices;
using Xunit;
using Xunit.v3;

namespace AuthModule.Pester.Support;

/// <summary>Marks the one method that stands for all Pester files.</summary>
[XunitTestCaseDiscoverer(typeof(PesterFactDiscoverer))]
[AttributeUsage(AttributeTargets.Method)]
public sealed class PesterFactAttribute([CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber);
