using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;

namespace AuthModule.Cli.Commands;

/// <summary>What can be done with a description of a service.</summary>
internal sealed class ProviderCommand : Command
{
    public ProviderCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("provider", "Works on the description of a service.") =>
        Add(new TestProviderCommand(context, diagnostics));

    private sealed class TestProviderCommand : CliCommand
    {
        private readonly Argument<string> path = new("path") { Description = "The file of the description." };
        private readonly ProofOptions proof;

        public TestProviderCommand(CliContext context, DiagnosticOptions diagnostics)
            : base("test", "Reads a description whole, shows the requests that it would send, and what it takes from a recorded reply. Sends nothing.", context, diagnostics)
        {
            Add(path);
            proof = Use(new ProofOptions());
            Examples = ["authmodule provider test ./shop.json --reply ./recorded.json"];
        }

        protected override async Task<int> RunAsync(Invocation call, CancellationToken cancellationToken)
        {
            ProviderCheck check = await call.Context.Engine.ProveProviderAsync(
                call.Parsed.GetRequiredValue(path), call.Parsed.GetValue(proof.Reply), call.Parsed.GetValue(proof.Grant), cancellationToken);
            call.Context.WriteJson(Json(check));
            return check.IsValid ? ExitCode.Done : ExitCode.Usage;
        }

        private static Dictionary<string, object?> Json(ProviderCheck check) => new()
        {
            ["path"] = check.Path,
            ["name"] = check.Name,
            ["is_valid"] = check.IsValid,
            ["faults"] = check.Faults,
            ["requests"] = check.Requests.Select(request => new Dictionary<string, object?>
            {
                ["name"] = request.Name,
                ["method"] = request.Method,
                ["url"] = request.Url,
                ["headers"] = Members(request.Headers),
                ["content_type"] = request.ContentType,
                ["body"] = request.Body,
                ["fault"] = request.Fault,
            }).ToArray(),
            ["reply"] = check.Reply is not { } reply ? null : new Dictionary<string, object?>
            {
                ["has_token"] = reply.HasToken,
                ["taken"] = Members(reply.Taken),
                ["failure"] = reply.Failure,
                ["message"] = reply.Message,
            },
        };

        private static List<KeyValuePair<string, object?>> Members(IReadOnlyDictionary<string, string> texts) =>
            [.. texts.Select(text => new KeyValuePair<string, object?>(text.Key, text.Value))];
    }

    private sealed class ProofOptions : OptionGroup
    {
        public ProofOptions()
            : base("What it is held against")
        {
            Reply = Add(NewOption.Text("--reply", "PATH", "A recorded reply: its body, or an object with status, headers and body."));
            Grant = Add(NewOption.Text("--grant", "NAME", "The grant whose reply it is (else the first of the description)."));
        }

        public Option<string?> Reply { get; }

        public Option<string?> Grant { get; }
    }
}
