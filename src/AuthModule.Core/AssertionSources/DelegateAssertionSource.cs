using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>The caller's own code, e.g. a scriptblock.</summary>
/// <param name="name">Tells two of them apart; holds no secret.</param>
/// <param name="read">Called for every request.</param>
internal sealed class DelegateAssertionSource(string name, Func<CancellationToken, ValueTask<Secret>> read) : IAssertionSource
{
    public string Name => "delegate:" + name;

    public ValueTask<Secret> ReadAsync(AssertionQuery query, CancellationToken cancellationToken) => read(cancellationToken);
}
