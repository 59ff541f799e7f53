using System;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;
using System.Net.Http;
using System.Threading.Tasks;
using System.Xml;
using AuthModule.Arguments;
using AuthModule.Completion;
using AuthModule.Errors;
using AuthModule.Http;
using AuthModule.Rest;
using AuthModule.Pipeline;

namespace AuthModule.Commands;

/// <summary>
/// Invoke-RestMethod with the session's credential: sent to that host only, renewed once where the API no longer takes it.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "AuthRestMethod", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(PSObject))]
[OutputType(typeof(XmlDocument))]
[OutputType(typeof(string))]
public sealed partial class InvokeAuthRestMethodCommand : TransportCommand
{
    /// <summary>The API's address; https where it names no scheme.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public Uri? Uri { get; set; }

    /// <summary>The session; without it the current one.</summary>
    [Parameter]
    [ValidateNotNull]
    [SessionArgument]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public AuthSession? Session { get; set; }

    /// <summary>Gives the reply also where the API refuses, as Invoke-RestMethod does with it; then 401 is still answered by one renewal.</summary>
    [Parameter]
    public SwitchParameter SkipHttpErrorCheck { get; set; }

    // The query may hold what is nobody's business.
    private protected override object? Target => Uri is { IsAbsoluteUri: true } address && address.UserInfo.Length == 0 ? address.GetLeftPart(UriPartial.Path) : null;

    private protected override void Run()
    {
        (AuthSession session, object? body) = SessionAndBody();
        RestRequest request = Request(body);
        if (!ShouldProcess(request.Url.GetLeftPart(UriPartial.Path), request.Method.Method))
        {
            return;
        }

        using RestReply reply = Wait(new ValueTask<RestReply>(Engine.Rest.SendAsync(session, request, TransportOf(session), Log, StopToken)));
        SetVariables(reply);
        if (OutFile is null)
        {
            byte[] content = Wait(new ValueTask<byte[]>(reply.ReadAsync(StopToken)));
            foreach (object? item in RestOutput.Parse(this, content, reply.Response.Content))
            {
                WriteObject(item);
            }
        }
        else
        {
            Wait(new ValueTask<bool>(RestFile.SaveAsync(reply, Paths.Resolve(this, OutFile, "-OutFile", AuthErrorId.InvalidRequest), StopToken)));
        }
    }

    private RestRequest Request(object? body)
    {
        HttpMethod method = RestMethod.Read(Method);
        RestHeaders headers = RestHeaders.Read(Headers, ContentType);
        Uri address = RestAddress.Read(Uri!);
        if (body is System.Collections.IDictionary query && method == HttpMethod.Get)
        {
            return new RestRequest(RestAddress.WithQuery(address, query)) { Method = method, Headers = headers.OfRequest, TakesRefusals = SkipHttpErrorCheck };
        }

        RestBody? content = InFile is null ? RestBody.Of(body, headers) : RestBody.OfFile(Paths.Resolve(this, InFile, "-InFile", AuthErrorId.InvalidRequest), headers);
        return new RestRequest(address)
        {
            Method = method,
            Headers = headers.OfRequest,
            Body = content?.Make,
            IsBodyRepeatable = content?.IsRepeatable ?? true,
            TakesRefusals = SkipHttpErrorCheck,
        };
    }

    // A body comes through the pipeline as it does in Invoke-RestMethod, a session as it does in this module.
    private (AuthSession Session, object? Body) SessionAndBody()
    {
        object? given = PipelineValue.Unwrap(Body);
        AuthSession? piped = Session is not null ? null : given switch
        {
            AuthSession session => session,
            AuthToken token => token.Session,
            _ => null,
        };
        object? body = piped is null ? given : null;
        if (body is not null && InFile is not null)
        {
            throw AuthError.Create(AuthErrorId.InvalidRequest, "-Body and -InFile exclude each other.", "Use one of them.");
        }

        return (piped ?? Session ?? AuthEngine.RequireCurrent(Sessions), body);
    }

    // What was said at the sign-in about the way out and about who this machine is holds here too; what was said about trust does not.
    private TransportSettings TransportOf(AuthSession session)
    {
        TransportSettings own = Transport();
        ProxyAddress.Require(own.Proxy);
        TransportSettings signIn = session.Service.Transport;
        return own with
        {
            Proxy = own.Proxy ?? signIn.Proxy,
            ProxyCredential = own.Proxy is null ? own.ProxyCredential ?? signIn.ProxyCredential : own.ProxyCredential,
            ClientCertificate = signIn.ClientCertificate,
        };
    }

    private void SetVariables(RestReply reply)
    {
        if (StatusCodeVariable is not null)
        {
            SessionState.PSVariable.Set(StatusCodeVariable, reply.Status);
        }

        if (ResponseHeadersVariable is not null)
        {
            SessionState.PSVariable.Set(ResponseHeadersVariable, RestHeaders.OfReply(reply.Response));
        }
    }
}
