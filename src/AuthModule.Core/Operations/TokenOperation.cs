using AuthModule.Providers;

namespace AuthModule.Operations;

/// <summary>The form that revocation (RFC 7009, section 2.1) and introspection (RFC 7662, section 2.1) share: a token, a hint, and the client's credential.</summary>
internal static class TokenOperation
{
    /// <param name="endpoint">The name of the endpoint.</param>
    public static OperationDescription Standard(string endpoint) => new()
    {
        Endpoint = endpoint,
        Method = "POST",
        Encoding = FieldEncoding.Form,
        Credential = OperationCredential.Client,
        Fields =
        [
            new FieldDescription("token", Template.Parse("{token}"), null),
            new FieldDescription("token_type_hint", Template.Parse("{tokenTypeHint?}"), null),
        ],
    };
}
