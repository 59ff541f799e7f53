using System.Collections;
using System.Management.Automation;
using AuthModule.Completion;

namespace AuthModule.Commands;

/// <summary>What is sent and where the reply goes, as in Invoke-RestMethod.</summary>
public sealed partial class InvokeAuthRestMethodCommand
{
    /// <summary>The request's method; GET where it is not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MethodCompleter))]
    public string? Method { get; set; }

    /// <summary>A string, bytes, a stream or XML is sent as it is; a hashtable as a form, at GET in the address.</summary>
    [Parameter(ValueFromPipeline = true)]
    public object? Body { get; set; }

    /// <summary>Headers beside the session's credential.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? Headers { get; set; }

    /// <summary>What the body is, e.g. <c>application/json</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ContentType { get; set; }

    /// <summary>A file to send, of any length.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? InFile { get; set; }

    /// <summary>A file to write the reply to as it comes; then there is no output.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutFile { get; set; }

    /// <summary>The variable that gets the reply's status.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? StatusCodeVariable { get; set; }

    /// <summary>The variable that gets the reply's headers.</summary>
    [Parameter]
    [Alias("RHV")]
    [ValidateNotNullOrEmpty]
    public string? ResponseHeadersVariable { get; set; }
}
