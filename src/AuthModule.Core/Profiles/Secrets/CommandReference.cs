using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using AuthModule.Http;
using AuthModule.Json;
using AuthModule.Requests;
using AuthModule.Secrets;

namespace AuthModule.Profiles.Secrets;

/// <summary>
/// A program that writes the secret to its standard output: <c>{"command":["PROGRAM","ARGUMENT"]}</c>. Started directly, never by
/// a shell, so that nothing in an argument is more than an argument. What it writes is shown to nobody, errors included.
/// </summary>
internal sealed class CommandReference(string program, IReadOnlyList<string> arguments) : ISecretReference
{
    public const string Field = "command";

    /// <summary>What asks a person or a slow network; a job must not stand still for longer.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    // Arguments stay out of it: other programs take secrets there, against all advice.
    public string Name => "command:" + Path.GetFileName(program);

    public bool NeedsCaller => false;

    public static ISecretReference Read(LocatedObject source, ProfileFolder folder)
    {
        IReadOnlyList<string> words = source.Texts(Field);
        if (words.Count == 0 || words[0].Trim().Length == 0)
        {
            throw source.Fault(Field, "has to name a program");
        }

        if (source.Find(Field)!.Kind == LocatedKind.Text)
        {
            throw source.Fault(Field, "has to be a list of texts: the program, then each argument by itself, as no shell takes it apart");
        }

        folder.RequireOnlyOwnerWrites(source, Field);
        string program = words[0];
        bool isPath = program.IndexOfAny(['/', '\\']) >= 0 || program.StartsWith('~');
        return new CommandReference(isPath ? folder.PathOf(source, Field, program) : program, [.. words.Skip(1)]);
    }

    public string? Absence(SecretQuery query)
    {
        string[] folders = program.IndexOfAny(['/', '\\']) >= 0 ? [string.Empty] : (query.Environment.Get("PATH") ?? string.Empty).Split(Path.PathSeparator);
        string[] endings = OperatingSystem.IsWindows() ? [string.Empty, .. (query.Environment.Get("PATHEXT") ?? ".EXE;.CMD").Split(';')] : [string.Empty];
        return folders.Any(folder => endings.Any(ending => File.Exists(Path.Combine(folder, program + ending))))
            ? null
            : $"there is no program {Path.GetFileName(program)}";
    }

    public async ValueTask<Secret> ReadAsync(SecretQuery query, CancellationToken cancellationToken)
    {
        using var run = new CommandRun(program, arguments);
        run.Start();
        using CancellationTokenSource deadline = Deadline.After(TimeLimit, query.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        byte[]? output;
        int exitCode;
        try
        {
            (output, exitCode) = await run.WaitAsync(SecretText.LongestBytes, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SecretReferenceException($"it did not end within {TimeLimit.TotalSeconds:0} seconds and was stopped", "Run it by hand: it must not wait for a person.");
        }

        return exitCode != 0
            ? throw new SecretReferenceException($"it ended with exit code {exitCode}", "Run it by hand as the same account and read what it says.")
            : output is null
            ? throw new SecretReferenceException($"it wrote more than {SecretText.LongestBytes / 1024} KiB", "It has to write the secret and nothing else.")
            : SecretText.Read(output) ?? throw new SecretReferenceException("it wrote nothing", "It has to write the secret to its standard output.");
    }
}
