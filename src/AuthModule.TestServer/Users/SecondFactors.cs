using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using AuthModule.Accounts.SecondFactors;
using AuthModule.Secrets;
using AuthModule.TestServer.Recording;
using AuthModule.Text;

namespace AuthModule.TestServer.Users;

/// <summary>The second factors of one person: an authenticator app, codes by phone and mail, and backup codes.</summary>
internal sealed class SecondFactors(TimeProvider clock, Outbox outbox)
{
    private const int BackupCodeCount = 10;
    private const int GuessLimit = 5;
    private static readonly TimeSpan MessageLifetime = TimeSpan.FromMinutes(10);

    private readonly object gate = new();
    private readonly SortedSet<string> methods = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SentCode> sent = new(StringComparer.Ordinal);
    private Totp? totp;
    private Totp? pendingTotp;
    private long? lastStep;
    private List<string> backupCodes = [];

    /// <summary>Confirmed ones: <c>email</c>, <c>sms</c>, <c>totp</c>.</summary>
    public IReadOnlyList<string> Methods
    {
        get
        {
            lock (gate)
            {
                return [.. methods];
            }
        }
    }

    public IReadOnlyList<string> BackupCodes
    {
        get
        {
            lock (gate)
            {
                return [.. backupCodes];
            }
        }
    }

    /// <summary>A new secret of 32 base32 characters; it counts once a code of it was confirmed.</summary>
    public string SetUpTotp()
    {
        byte[] secret = RandomNumberGenerator.GetBytes(20);
        lock (gate)
        {
            pendingTotp = new Totp(secret);
            EnsureBackupCodes();
        }

        return Base32.Encode(secret);
    }

    /// <summary>Takes an authenticator app as confirmed.</summary>
    public void UseTotp(Totp app)
    {
        lock (gate)
        {
            totp = app;
            lastStep = null;
            methods.Add("totp");
            EnsureBackupCodes();
        }
    }

    /// <summary>Sends a code by a channel, <c>sms</c> or <c>email</c>.</summary>
    public void SetUpByMessage(string channel, string to)
    {
        string code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        lock (gate)
        {
            sent[channel] = new SentCode(code, clock.GetUtcNow() + MessageLifetime);
            EnsureBackupCodes();
        }

        outbox.Send(channel, to, code);
    }

    /// <summary>Checks a code of a method, and by that confirms the method. A code works once.</summary>
    public bool Confirm(string method, string code)
    {
        lock (gate)
        {
            bool right = method == "totp" ? MatchTotp(code) : MatchSent(method, code);
            if (right)
            {
                methods.Add(method);
            }

            return right;
        }
    }

    /// <summary>Whether a code of any confirmed method, or a backup code, is right.</summary>
    public bool Check(string code)
    {
        lock (gate)
        {
            return methods.Any(method => method == "totp" ? MatchTotp(code) : MatchSent(method, code)) || UseBackupCode(code);
        }
    }

    public bool UseBackupCode(string code)
    {
        lock (gate)
        {
            return backupCodes.Remove(code);
        }
    }

    public IReadOnlyList<string> RenewBackupCodes()
    {
        lock (gate)
        {
            backupCodes = [.. Enumerable.Range(0, BackupCodeCount).Select(static _ => RandomText.Base64Url(6).ToUpperInvariant())];
            return [.. backupCodes];
        }
    }

    private void EnsureBackupCodes()
    {
        if (backupCodes.Count == 0)
        {
            RenewBackupCodes();
        }
    }

    private bool MatchTotp(string code)
    {
        if (pendingTotp?.Match(code, clock.GetUtcNow()) is { } first)
        {
            totp = pendingTotp;
            pendingTotp = null;
            lastStep = first;
            return true;
        }

        if (totp?.Match(code, clock.GetUtcNow(), lastStep) is not { } step)
        {
            return false;
        }

        lastStep = step;
        return true;
    }

    private bool MatchSent(string channel, string code)
    {
        if (!sent.TryGetValue(channel, out SentCode? expected) || expected.Until <= clock.GetUtcNow())
        {
            return false;
        }

        bool right = Secret.From(expected.Code).Matches(Secret.From(code));
        if (right || ++expected.Guesses >= GuessLimit)
        {
            sent.Remove(channel);
        }

        return right;
    }

    private sealed class SentCode(string code, DateTimeOffset until)
    {
        public string Code { get; } = code;

        public DateTimeOffset Until { get; } = until;

        public int Guesses { get; set; }
    }
}
