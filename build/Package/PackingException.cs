using System;

namespace AuthModule.Package;

/// <summary>What keeps a package from being made; its message says what to do.</summary>
internal sealed class PackingException(string message) : Exception(message);
