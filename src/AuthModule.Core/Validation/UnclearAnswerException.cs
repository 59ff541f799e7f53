using System;

namespace AuthModule.Validation;

/// <summary>The user's own rule was asked and said neither yes nor no. The message is the end of a sentence about the rule.</summary>
internal sealed class UnclearAnswerException(string fault) : Exception(fault);
