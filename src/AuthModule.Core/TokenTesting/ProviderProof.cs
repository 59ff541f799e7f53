using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Errors;
using AuthModule.Grants;
using AuthModule.Json;
using AuthModule.Providers;
using AuthModule.Requests;
using AuthModule.Text;

namespace AuthModule.TokenTesting;

/// <summary>Proves a description without its service: reads it whole, puts its requests together, reads a recorded reply by it. Nothing is sent.</summary>
internal static class ProviderProof
{
    /// <param name="path">Of the description.</param>
    /// <param name="replyPath">Of a recorded reply; null where there is none.</param>
    /// <param name="grant">Whose reply it is; null is the first of the description.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="ConfigurationException">InvalidProvider: a file that cannot be read, or a grant that is not described.</exception>
    public static async Task<ProviderCheck> RunAsync(string path, string? replyPath, string? grant, TimeProvider clock, CancellationToken cancellationToken)
    {
        (ProviderDescription? description, IReadOnlyList<string> faults) = DescriptionReader.TryRead(TextFile.ToUtf8(Read(path)), path);
        if (description is null || faults.Count > 0)
        {
            return new ProviderCheck(path, description?.Name is { Length: > 0 } name ? name : null, faults, [], null);
        }

        Service service = SampleService.Of(description);
        var requests = new List<ProviderRequest>();
        foreach ((string Name, OperationDescription Operation) form in Forms(description))
        {
            requests.Add(await SampleRequest.MakeAsync(form.Name, form.Operation, service, clock, cancellationToken).ConfigureAwait(false));
        }

        ProviderReply? reply = replyPath is null ? null : RecordedReply.Read(Read(replyPath), Grant(description, grant, path), service, clock);
        return new ProviderCheck(path, description.Name, [], requests, reply);
    }

    private static KeyValuePair<string, OperationDescription> Grant(ProviderDescription description, string? name, string path) =>
        name is null ? description.Grants[0]
        : description.Grant(name) is { } grant ? new KeyValuePair<string, OperationDescription>(name, grant)
        : throw AuthError.Create(AuthErrorId.InvalidProvider, $"{path} describes no grant '{name}'{NearName.Hint(name, description.Grants.Select(known => known.Key))}; it has {string.Join(", ", description.Grants.Select(known => known.Key))}.");

    // Every request, those inside of grants too, and every other form of one.
    private static IEnumerable<(string Name, OperationDescription Operation)> Forms(ProviderDescription description)
    {
        foreach ((string name, OperationDescription described) in description.Grants.Select(entry => (entry.Key, entry.Value)))
        {
            if (GrantRegistry.Find(name) is IOwnGrant)
            {
                continue; // Its tokens are made here.
            }

            OperationDescription standard = (GrantRegistry.Find(name) ?? GrantRegistry.Refresh).Standard;
            OperationDescription operation = described.Over(standard);
            IEnumerable<(string, OperationDescription)> all = operation.Before.Select(step => (name + ".before", step));
            all = name == GrantNames.ApiKey && !described.IsRequest ? [] : all.Concat(WithFallbacks(name, operation));
            if (operation.Challenge is { } challenge)
            {
                all = all.Concat(new[] { (name + ".answer", challenge.Answer), (name + ".push", challenge.Push?.Start), (name + ".push", challenge.Push?.Poll) }
                    .Where(step => step.Item2 is not null).Select(step => (step.Item1, step.Item2!)));
            }

            foreach ((string, OperationDescription) form in all.Concat(operation.After.Select(step => (name + ".after", step))))
            {
                yield return form;
            }
        }

        foreach ((string name, OperationDescription operation) in description.Operations.Select(entry => (entry.Key, entry.Value)))
        {
            foreach ((string, OperationDescription) form in WithFallbacks(name, operation.Over(StandardOperation(name))))
            {
                yield return form;
            }
        }
    }

    private static IEnumerable<(string, OperationDescription)> WithFallbacks(string name, OperationDescription operation)
    {
        for (OperationDescription? form = operation; form is not null; name += ".fallback")
        {
            yield return (name, form);
            form = form.Fallback is { } fallback ? fallback.Operation.Over(form with { Fallback = null }) : null;
        }
    }

    private static OperationDescription StandardOperation(string name) => name switch
    {
        "revocation" or "introspection" => AuthModule.Operations.TokenOperation.Standard(name),
        "authorization" or "end_session" => new OperationDescription { Endpoint = name, Method = "GET", Encoding = FieldEncoding.Query, Credential = OperationCredential.None },
        _ => new OperationDescription { Endpoint = name, Credential = name is "device_authorization" or "backchannel_authentication" or "pushed_authorization_request" ? OperationCredential.Client : OperationCredential.None },
    };

    private static byte[] Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw AuthError.Create(AuthErrorId.InvalidProvider, $"The file {path} cannot be read: {cause.Message}", new ErrorDetails { Cause = cause });
        }
    }
}
