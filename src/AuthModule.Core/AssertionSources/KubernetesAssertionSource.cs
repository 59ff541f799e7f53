using System.Threading;
using System.Threading.Tasks;
using AuthModule.Platform;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.AssertionSources;

/// <summary>The service account token that a cluster projects into a pod; a webhook for a cloud's identity names another file by a variable.</summary>
internal sealed class KubernetesAssertionSource(string? path) : IAssertionSource, IPlacedSource
{
    private const string Default = "/var/run/secrets/kubernetes.io/serviceaccount/token";
    private static readonly string[] Variables = ["AZURE_FEDERATED_TOKEN_FILE", "AWS_WEB_IDENTITY_TOKEN_FILE"];

    public string Name => path is null ? "kubernetes" : "kubernetes:" + path;

    public string? Absence(IEnvironment environment) => FileAssertionSource.AbsenceOf(FileOf(environment));

    public ValueTask<Secret> ReadAsync(AssertionQuery query, CancellationToken cancellationToken) => new(FileAssertionSource.Read(FileOf(query.Environment)));

    private string FileOf(IEnvironment environment)
    {
        string? file = path;
        foreach (string variable in Variables)
        {
            file ??= environment.Get(variable);
        }

        return file ?? Default;
    }
}
