using System;
using System.Collections.Generic;
using System.Security.Authentication;
using System.Threading.Tasks;
using AuthModule.TestKit.Certificates;

namespace AuthModule.Core.Tests.Faults;

/// <summary>What goes wrong on the way, before there is a reply.</summary>
internal static class ConnectionFaults
{
    private const string Start = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n";

    // A ServerHello of TLS 1.0 without extensions, as an old server answers to whatever it is offered.
    private static readonly byte[] OldHello =
        [0x16, 0x03, 0x01, 0x00, 0x2A, 0x02, 0x00, 0x00, 0x26, 0x03, 0x01, .. new byte[32], 0x00, 0x00, 0x2F, 0x00];

    public static IEnumerable<Fault> All =>
    [
        new("connection refused") { Refuses = true },
        new("name does not resolve") { IsUnresolvable = true },
        new("hang at connect") { FillsBacklog = true, Hangs = true },
        new("reset at once") { Accepted = Do(static scene => scene.Reset()) },
        new("closed at once") { Accepted = static scene => scene.WaitForCloseAsync() },
        new("reset before the reply") { Answer = Do(static scene => scene.Reset()) },
        new("closed before the reply") { Answer = Do(static scene => scene.Close()) },
        new("reset in the head") { Answer = Write("HTTP/1.1 200 OK\r\nContent-", static scene => scene.Reset()) },
        new("closed in the head") { Answer = Write("HTTP/1.1 200 OK\r\nContent-", static scene => scene.Close()) },
        new("reset in the body") { Answer = Write(Start + "\r\n{\"access", static scene => scene.Reset()) },
        new("closed in the body") { Answer = Write(Start + "\r\n{\"access", static scene => scene.Close()) },
        new("reset after the body") { Answer = static async scene => { await scene.ReplyAsync(); scene.Close(); scene.Reset(); } },
        new("hang before the head") { Answer = static scene => scene.HangAsync(), Hangs = true },
        new("hang in the head") { Answer = static async scene => { await scene.WriteAsync("HTTP/1.1 200 OK\r\nContent-"); await scene.HangAsync(); }, Hangs = true },
        new("hang in the body") { Answer = static async scene => { await scene.WriteAsync(Start + "\r\n{\"access"); await scene.HangAsync(); }, Hangs = true },
        new("one byte a second") { Answer = static scene => scene.DripAsync(System.Text.Encoding.ASCII.GetBytes(Start + "\r\n" + new string(' ', 1000))), Hangs = true },
        new("a body that drips") { Answer = static scene => scene.DripAsync(Start + "\r\n", 1000), Hangs = true, Step = TimeSpan.FromSeconds(10) },

        new("TLS: healthy") { UsesTls = true },
        new("TLS: expired certificate") { UsesTls = true, Certificate = static () => FaultyCertificates.Expired },
        new("TLS: certificate of tomorrow") { UsesTls = true, Certificate = static () => FaultyCertificates.NotYetValid },
        new("TLS: certificate of another host") { UsesTls = true, Certificate = static () => FaultyCertificates.OfAnotherHost },
        new("TLS: unknown authority") { UsesTls = true, Certificate = static () => FaultyCertificates.OfAStranger },
        new("TLS: old protocol") { UsesTls = true, Accepted = static async scene => { await scene.WriteAsync(OldHello); await scene.WaitForCloseAsync(); } },
        new("TLS: refused by an alert") { UsesTls = true, Accepted = static async scene => { await scene.WriteAsync([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28]); await scene.WaitForCloseAsync(); } },
        new("TLS: cleartext instead") { UsesTls = true, Accepted = static async scene => { await scene.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"); await scene.WaitForCloseAsync(); } },
        new("TLS: client certificate refused (1.2)") { UsesTls = true, WantsClientCertificate = true, Protocols = SslProtocols.Tls12 },
        new("TLS: client certificate refused (1.3)") { UsesTls = true, WantsClientCertificate = true, Protocols = SslProtocols.Tls13 },
        new("TLS: reset in the handshake") { UsesTls = true, Accepted = Do(static scene => scene.Reset()) },
        new("TLS: hang in the handshake") { UsesTls = true, Accepted = static scene => scene.HangAsync(), Hangs = true },
    ];

    private static System.Func<FaultScene, Task> Do(System.Action<FaultScene> act) => scene =>
    {
        act(scene);
        return Task.CompletedTask;
    };

    private static System.Func<FaultScene, Task> Write(string text, System.Action<FaultScene> then) => async scene =>
    {
        await scene.WriteAsync(text);
        then(scene);
    };
}
