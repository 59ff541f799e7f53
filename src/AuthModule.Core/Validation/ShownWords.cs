namespace AuthModule.Validation;

/// <summary>The words of a claim that become a text only when it is read.</summary>
internal readonly struct ShownWords(object? value)
{
    public override string ToString() => Shown.List(ClaimText.Words(value));
}
