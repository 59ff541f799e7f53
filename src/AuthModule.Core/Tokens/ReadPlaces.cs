using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using AuthModule.Operations;
using AuthModule.Providers;

namespace AuthModule.Tokens;

/// <summary>Where in a token reply its parts were found, as <c>-Debug</c> tells it to whoever writes a description.</summary>
internal static class ReadPlaces
{
    public static string Describe(ReplyDocument document, ReplyDescription description)
    {
        (string Part, ReplyPlaces Places)[] parts =
        [
            ("access token", description.AccessToken), ("refresh token", description.RefreshToken), ("ID token", description.IdToken),
            ("type", description.TokenType), ("scopes", description.Scope), ("subject", description.Subject),
            ("lifetime", description.ExpiresIn), ("end", description.ExpiresAt), ("issue time", description.IssuedAt),
            ("refresh lifetime", description.RefreshExpiresIn),
        ];
        string[] read = [.. parts
            .Select(part => (part.Part, Path: document.PathOf(part.Places)))
            .Where(static part => part.Path is not null)
            .Select(static part => $"{part.Part} at {part.Path}")];
        return read.Length == 0 ? "Nothing of the reply was read." : $"Read from the reply: {string.Join(", ", read)}.";
    }
}
