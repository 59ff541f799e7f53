using System.Threading;
using System.Threading.Tasks;

namespace AuthModule.Validation;

/// <summary>One question asked of a token. Stateless.</summary>
internal interface ITokenCheck
{
    /// <summary>Null when there is nothing to ask: the rules do not want it, or another check has said it already.</summary>
    ValueTask<TokenCheck?> RunAsync(ValidationContext context, CancellationToken cancellationToken);
}
