using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Cli.Arguments;
using AuthModule.Cli.Terminal;
using AuthModule.Http;
using AuthModule.Rest;
using AuthModule.Sessions;

namespace AuthModule.Cli.Commands;

/// <summary>A call to an API with a session's credential, as Invoke-AuthRestMethod makes it.</summary>
internal sealed class CallCommand : CliCommand
{
    private readonly Argument<string> url;
    private readonly CallOptions call;
    private readonly SignInGroups signIn = new();

    public CallCommand(CliContext context, DiagnosticOptions diagnostics)
        : base("call", "Calls an API with a token and prints what it answers.", context, diagnostics)
    {
        url = Take(new Argument<string>("url") { HelpName = "URL", Description = "The API's address; https where it names no scheme. The token goes to that host only." });
        call = Use(new CallOptions());
        Use(signIn.Session);
        Use(signIn.Service);
        Use(signIn.Client);
        Use(signIn.User);
        Use(signIn.Way);
        Use(signIn.Callback);
        Use(signIn.Wanted);
        Use(signIn.Transport);
        Examples =
        [
            "authmodule call https://api.contoso.com/orders --profile nightly",
            "echo '{\"name\":\"lamp\"}' | authmodule call https://api.contoso.com/orders --method POST --data-file - --session 4f2a",
        ];
        Notes = "Where the API answers 401 the token is renewed and the call repeated, once. Ends with 0 for a success, with 3 where the API refused, with 4 where it has a fault or was not reached.";
    }

    protected override async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        Uri address = ReadAddress(invocation.Parsed.GetValue(url)!);
        (RestRequest request, string? file) = call.Read(invocation, address);
        var table = new SessionTable();
        AuthSession session = await signIn.OpenAsync(invocation, table, hasPerson: true, cancellationToken);
        using RestReply reply = await invocation.Context.Engine.Rest.SendAsync(session, request, TransportOf(invocation, session), invocation.Log, cancellationToken);
        if (file is not null)
        {
            await SaveAsync(reply, file, cancellationToken);
            return ExitCode.Done;
        }

        byte[] body = await reply.ReadAsync(cancellationToken);
        string text = ReplyText.Decode(body, reply.Response.Content?.Headers.ContentType?.CharSet);
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            throw new UsageException("What the API answers is no text: give --out-file to keep it.");
        }

        Write(invocation.Context, text, reply.MediaType);
        return ExitCode.Done;
    }

    private static async Task SaveAsync(RestReply reply, string file, CancellationToken cancellationToken)
    {
        try
        {
            await using FileStream target = File.Create(file);
            await using Stream body = await reply.OpenBodyAsync(cancellationToken);
            await body.CopyToAsync(target, cancellationToken);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"The file of --out-file cannot be written: {cause.Message.TrimEnd('.')}.", isBefore: false);
        }
    }

    private static void Write(CliContext context, string text, string? mediaType)
    {
        if (context.IsOutputTerminal && ReplyText.IsJson(mediaType))
        {
            try
            {
                text = JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(text), Indented);
            }
            catch (JsonException)
            {
                // Shown as it is.
            }
        }

        // A terminal obeys what it is sent; a file or a pipe gets the text as it came.
        text = context.IsOutputTerminal ? string.Concat(text.Select(static c => char.IsControl(c) && c is not ('\n' or '\t') ? '?' : c)) : text;
        context.Output.Write(text.EndsWith('\n') || text.Length == 0 ? text : text + "\n");
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Uri ReadAddress(string text)
    {
        string whole = text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text;
        return Uri.TryCreate(whole, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "http" && address.Host.Length > 0
            ? address.UserInfo.Length == 0
                ? address
                : throw new UsageException("URL holds a name or password before the host, which would be a second credential.")
            : throw new UsageException("URL takes a whole http(s) address: https://api.contoso.com/orders.");
    }

    // As the sign-in was reached, where the call says nothing; what it said about trust holds for the API only where it is said here.
    private TransportSettings TransportOf(Invocation invocation, AuthSession session)
    {
        TransportSettings own = signIn.Transport.Read(invocation);
        return own with { Proxy = own.Proxy ?? session.Service.Transport.Proxy, ClientCertificate = session.Service.Transport.ClientCertificate };
    }

    private sealed class CallOptions : OptionGroup
    {
        private readonly Option<string?> method;
        private readonly Option<ILookup<string, string>> header;
        private readonly Option<string?> dataFile;
        private readonly Option<string?> contentType;
        private readonly Option<string?> outFile;

        public CallOptions()
            : base("The call")
        {
            method = Add(NewOption.Text("--method", "NAME", "GET, POST, PUT, PATCH, DELETE, ... (GET; POST with a body)."));
            header = Add(NewOption.Pairs("--header", "A header to send besides.", SecretArguments.RefuseField));
            dataFile = Add(NewOption.Text("--data-file", "PATH", "The body; - reads it from stdin."));
            contentType = Add(NewOption.Text("--content-type", "TYPE", "What the body is (application/json)."));
            outFile = Add(NewOption.Text("--out-file", "PATH", "Write the answer there, as it comes."));
        }

        /// <exception cref="UsageException">A part of the call cannot be used.</exception>
        public (RestRequest Request, string? OutFile) Read(Invocation invocation, Uri address)
        {
            ParseResult parsed = invocation.Parsed;
            byte[]? body = parsed.GetValue(dataFile) is { } path ? ReadBody(invocation, path) : null;
            string type = parsed.GetValue(contentType) ?? "application/json";
            return (
                new RestRequest(address)
                {
                    Method = ReadMethod(parsed.GetValue(method) ?? (body is null ? "GET" : "POST")),
                    Headers = [.. parsed.GetValue(header)!.Select(static pair => new KeyValuePair<string, string>(pair.Key, string.Join(", ", pair)))],
                    Body = body is null ? null : () => BodyOf(body, type),
                },
                parsed.GetValue(outFile));
        }

        private static HttpMethod ReadMethod(string name) => name.All(char.IsAsciiLetter) && name.Length is > 0 and <= 20
            ? new HttpMethod(name.ToUpperInvariant())
            : throw new UsageException("--method takes the name of a method: GET, POST, PUT, PATCH, DELETE.");

        private static ByteArrayContent BodyOf(byte[] body, string type)
        {
            var content = new ByteArrayContent(body);
            content.Headers.TryAddWithoutValidation("Content-Type", type);
            return content;
        }

        private static byte[] ReadBody(Invocation invocation, string path)
        {
            try
            {
                return path == "-" ? System.Text.Encoding.UTF8.GetBytes(invocation.Context.Input.ReadToEnd()) : File.ReadAllBytes(path);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new UsageException($"The file of --data-file cannot be read: {cause.Message.TrimEnd('.')}.");
            }
        }
    }
}
