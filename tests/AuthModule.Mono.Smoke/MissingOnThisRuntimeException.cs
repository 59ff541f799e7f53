using AuthModule.Json;
using AuthModule.Text;
using AuthModule.Jose.Tokens;
using AuthModule.Platform;
using System;

namespace AuthModule.Mono.Smoke;

/// <summary>The runtime lacks what .NET Framework on Windows has.</summary>
internal sealed class MissingOnThisRuntimeException(string what) : Exception(what);
