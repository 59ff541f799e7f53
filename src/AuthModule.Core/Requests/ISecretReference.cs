using System;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Platform;
using AuthModule.Profiles.Secrets;
using AuthModule.Secrets;

namespace AuthModule.Requests;

/// <summary>Where a secret of a profile is. One file per kind; <see cref="SecretReferenceReader"/> lists them. Holds no secret.</summary>
internal interface ISecretReference
{
    /// <summary>As people are shown it: <c>env:NAME</c>, <c>file:PATH</c>. Never the secret.</summary>
    string Name { get; }

    /// <summary>True where it can be read only while a caller is there, so not by a renewal in the background.</summary>
    bool NeedsCaller { get; }

    /// <summary>Why it cannot be there, seen without reading it: a clause; null where it is, or where only reading it tells.</summary>
    string? Absence(SecretQuery query);

    /// <summary>The secret as it is now.</summary>
    /// <exception cref="SecretReferenceException">It is not there or cannot be read.</exception>
    ValueTask<Secret> ReadAsync(SecretQuery query, CancellationToken cancellationToken);
}

/// <summary>What references are read with.</summary>
/// <param name="Environment">For <c>env</c>.</param>
/// <param name="Vault">For <c>vault</c>; null where there are no vaults, as on the command line.</param>
/// <param name="Clock">Limits what takes long.</param>
internal sealed record SecretQuery(IEnvironment Environment, ISecretVault? Vault, TimeProvider Clock);

/// <summary>Why a reference gives no secret: the end of a sentence that names profile, field and reference. Holds no secret.</summary>
internal sealed class SecretReferenceException(string fault, string action, Exception? cause = null) : Exception(fault, cause)
{
    /// <summary>What to do next.</summary>
    public string Action { get; } = action;
}
