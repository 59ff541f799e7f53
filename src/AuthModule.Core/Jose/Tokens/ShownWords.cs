using AuthModule.Text;

namespace AuthModule.Jose.Tokens;

/// <summary>The words of a claim that become a text only when it is read.</summary>
internal readonly struct DisplayList(object? value)
{
    public override string ToString() => DisplayText.List(ClaimText.Words(value));
}
