using System;

namespace AuthModule.Benchmarks;

/// <summary>A benchmark cannot run on this machine; the message says what is missing.</summary>
internal sealed class MissingProgramException(string message) : Exception(message);
