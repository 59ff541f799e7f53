using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace AuthModule.Core.Tests.Faults;

/// <summary>Replies with a status, a head or a body that no client hopes for.</summary>
internal static class ReplyFaults
{
    private const int Mebibyte = 1024 * 1024;

    private static readonly Lazy<byte[]> Packed = new(Bomb);

    public static IEnumerable<Fault> All => [.. Statuses, .. Redirects, .. Heads, .. Bodies, .. Lifetimes];

    private static IEnumerable<Fault> Statuses =>
    [
        .. new[] { 400, 401, 403, 404, 408, 418, 500, 502, 503, 504 }.Select(static status => Status(status)),
        Status(429),
        Status(429, "in seconds", "Retry-After: 1"),
        Status(429, "until a date", "Date: Sun, 22 Nov 2026 10:00:00 GMT", "Retry-After: Sun, 22 Nov 2026 10:00:02 GMT"),
        Status(429, "for a century", "Retry-After: 2147483647"),
        Status(429, "until nonsense", "Retry-After: soon, or -1"),
        Status(503, "in seconds", "Retry-After: 1"),
        new("status 204") { Answer = static scene => scene.WriteAsync(FaultScene.Head(204)) },
    ];

    private static IEnumerable<Fault> Redirects =>
    [
        Redirect("to itself", 302, static scene => "/elsewhere"),
        Redirect("to another origin", 302, static scene => FaultMatrix.Elsewhere.Origin + "/token"),
        Redirect("to another origin, with the body", 307, static scene => FaultMatrix.Elsewhere.Origin + "/token"),
        Redirect("to http", 308, static scene => "http://192.0.2.1/token"),
        Redirect("to a script", 302, static scene => "javascript:alert(1)"),
        Redirect("to nonsense", 303, static scene => "http://[nonsense"),
        new("redirect to nowhere") { Answer = static scene => scene.ReplyAsync(302, string.Empty, []) },
    ];

    private static IEnumerable<Fault> Heads =>
    [
        Head("wrong content type", "Content-Type: text/plain"),
        Head("content type of HTML", "Content-Type: text/html"),
        Head("no content type"),
        Head("content type of nonsense", "Content-Type: ;;;=\u00ff"),
        Head("Date of years ago", "Content-Type: application/json", "Date: Fri, 01 Jan 1999 00:00:00 GMT"),
        Head("Date of years to come", "Content-Type: application/json", "Date: Fri, 31 Dec 9999 23:59:59 GMT"),
        Head("Date of nonsense", "Content-Type: application/json", "Date: yesterday"),
        Head("rate limit at the end of time", "Content-Type: application/json", "Date: Fri, 31 Dec 9999 23:59:59 GMT", "X-RateLimit-Remaining: 1", "X-RateLimit-Reset: 999999999"),
        Raw("chunked garbage", FaultScene.Head(200, "Content-Type: application/json", "Transfer-Encoding: chunked") + "zz\r\n{}\r\n0\r\n\r\n"),
        Raw("chunk that overflows", FaultScene.Head(200, "Content-Type: application/json", "Transfer-Encoding: chunked") + "ffffffffffffffff1\r\n{}\r\n0\r\n\r\n"),
        Raw("no HTTP at all", "SSH-2.0-OpenSSH_9.6\r\n"),
        Raw("status line of nonsense", "HTTP/1.1 twohundred OK\r\n\r\n{}"),
        Raw("status that does not exist", "HTTP/1.1 999 Odd\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"),
        new("negative length") { Answer = static scene => scene.WriteAsync(FaultScene.Head(200, "Content-Type: application/json", "Content-Length: -5") + scene.Json) },
        Raw("endless head", "HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-Filler: " + new string('x', 1000) + "\r\n", 200)) + "\r\n"),
    ];

    private static IEnumerable<Fault> Bodies =>
    [
        Body("empty body", static _ => string.Empty),
        Body("HTML page", static _ => "<!DOCTYPE html><html><body>Sign in</body></html>"),
        Body("truncated JSON", static json => json[..(json.Length / 2)]),
        Bytes("text of another charset", static json => Encoding.Latin1.GetBytes("{\"error_description\":\"gr\u00fc\u00dfe\"," + json[1..])),
        Bytes("UTF-16", static json => Encoding.Unicode.GetBytes(json)),
        Bytes("byte order mark", static json => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(json)]),
        Body("half a character", static json => "{\"x\":\"\\ud800\"," + json[1..]),
        Body("JSON list", static json => "[" + json + "]"),
        Body("JSON text", static _ => "\"token\""),
        Body("JSON null", static _ => "null"),
        Body("deep JSON", static json => "{\"x\":" + new string('[', 20_000) + new string(']', 20_000) + "," + json[1..]),
        Body("duplicate fields", static json => "{\"twice\":1,\"twice\":2," + json[1..]),
        Body("number out of range", static json => "{\"x\":1e99999," + json[1..]),
        Body("two documents", static json => json + json),
        Bytes("zero bytes", static _ => new byte[4096]),
        new("100 MB announced") { Answer = static scene => scene.WriteAsync(FaultScene.Head(200, "Content-Type: application/json", $"Content-Length: {100 * Mebibyte}") + "{\"x\":\"") },
        new("100 MB in pieces") { Answer = static scene => PourAsync(scene, 100) },
        new("gzip bomb") { Answer = static scene => scene.ReplyAsync(200, Packed.Value, ["Content-Type: application/json", "Content-Encoding: gzip"]) },
    ];

    // Where a reply holds no token, nobody looks at it.
    private static IEnumerable<Fault> Lifetimes =>
    [
        Lifetime("text", "\"3600\""),
        Lifetime("negative", "-1"),
        Lifetime("zero", "0"),
        Lifetime("huge", "1e18"),
        Lifetime("beyond numbers", "1e999"),
        Lifetime("below numbers", "-1e300"),
        Lifetime("nonsense", "\"soon\""),
        Lifetime("true", "true"),
        Body("expires_in missing", static json => json.Replace("\"expires_in\":86400", "\"x\":1", StringComparison.Ordinal)),
    ];

    private static Fault Status(int status, string how = "", params string[] headers) => new($"status {status} {how}".Trim())
    {
        Answer = scene => scene.ReplyAsync(status, "{}", ["Content-Type: application/json", .. headers]),
    };

    private static Fault Redirect(string where, int status, Func<FaultScene, string> location) => new("redirect " + where)
    {
        Answer = scene => scene.ReplyAsync(status, string.Empty, ["Location: " + location(scene)]),
    };

    private static Fault Head(string name, params string[] headers) => new(name) { Answer = scene => scene.ReplyAsync(headers: headers) };

    private static Fault Raw(string name, string reply) => new(name) { Answer = scene => scene.WriteAsync(reply) };

    private static Fault Body(string name, Func<string, string> change) => new(name) { Answer = scene => scene.ReplyAsync(body: change(scene.Json)) };

    private static Fault Bytes(string name, Func<string, byte[]> change) => new(name) { Answer = scene => scene.ReplyAsync(200, change(scene.Json)) };

    private static Fault Lifetime(string name, string value) =>
        Body("expires_in " + name, json => json.Replace("\"expires_in\":86400", "\"expires_in\":" + value, StringComparison.Ordinal));

    private static async Task PourAsync(FaultScene scene, int mebibytes)
    {
        await scene.WriteAsync(FaultScene.Head(200, "Content-Type: application/json", "Transfer-Encoding: chunked"));
        byte[] piece = [.. Encoding.ASCII.GetBytes(0x10000.ToString("x", CultureInfo.InvariantCulture) + "\r\n"), .. Enumerable.Repeat((byte)' ', 0x10000), .. "\r\n"u8];
        for (int i = 0; i < mebibytes * 16; i++)
        {
            await scene.WriteAsync(piece);
        }
    }

    private static byte[] Bomb()
    {
        using var bomb = new MemoryStream();
        using (var packer = new GZipStream(bomb, CompressionLevel.Fastest))
        {
            packer.Write("{\"x\":\""u8);
            byte[] block = new byte[Mebibyte];
            for (int i = 0; i < 100; i++)
            {
                packer.Write(block);
            }
        }

        return bomb.ToArray();
    }
}
