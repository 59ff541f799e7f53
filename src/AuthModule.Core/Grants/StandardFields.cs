using System.Linq;
using AuthModule.Providers;

namespace AuthModule.Grants;

/// <summary>Writes a grant's standard form: a POST of a form to the token endpoint, with the client's credential.</summary>
internal static class StandardFields
{
    public static OperationDescription TokenRequest(params (string Name, string Template)[] fields) => ClientRequest("token", fields);

    public static OperationDescription ClientRequest(string endpoint, params (string Name, string Template)[] fields) => new()
    {
        Endpoint = endpoint,
        Method = "POST",
        Encoding = FieldEncoding.Form,
        Credential = OperationCredential.Client,
        Fields = [.. fields.Select(field => new FieldDescription(field.Name, Template.Parse(field.Template), null))],
    };
}
