using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation.Checks;

/// <summary>There is a key to verify with. Says something only when there is none: the other two name the key.</summary>
internal sealed class KeyCheck : ITokenCheck
{
    public ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken) =>
        new(context.KeySearch is { IsUnknown: true } search
            ? TokenCheck.Failed(CheckName.Key, search.FaultId!, search.Fault!)
            : null);
}
