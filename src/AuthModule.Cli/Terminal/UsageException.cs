using System;

namespace AuthModule.Cli.Terminal;

/// <summary>The command line cannot be understood. The message holds no value that was typed: it could be a secret.</summary>
internal sealed class UsageException(string message) : Exception(message);
