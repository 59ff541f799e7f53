using System;
using System.Collections.Generic;
using AuthModule.Cli.Dsc;
using AuthModule.Cli.Terminal;
using AuthModule.Telemetry;
using AuthModule.Text;

namespace AuthModule.Cli.Output;

/// <summary>Failures on stderr: what happened, what to do next, and the id to branch on; or the same as one JSON object.</summary>
internal sealed class ErrorPrinter(CliContext context, string command, bool asJson)
{
    private readonly bool forDsc = !asJson && DscTrace.IsFor(command);

    private const string UsageCode = "Usage";
    private const string FaultCode = "Fault";

    public int Print(AuthException failure)
    {
        AuthException worded = CommandLineWording.Of(failure);
        EngineMetrics.Failed(failure.Code, command);
        if (asJson)
        {
            context.Error.WriteLine(worded.ToJson());
        }
        else
        {
            string request = failure.CorrelationId is { } id ? $", request {id}" : string.Empty;
            PrintText(worded.Message, $"{worded.RecommendedAction}  [{failure.Code}{request}]");
        }

        return ExitCode.Of(failure);
    }

    public int Print(UsageException failure)
    {
        string action = command.Length > 0 ? $"'authmodule {command} --help' lists what it takes." : "'authmodule --help' lists the commands.";
        if (asJson)
        {
            PrintJson(UsageCode, failure.Message, action);
        }
        else
        {
            PrintText(failure.Message, action);
        }

        return ExitCode.Usage;
    }

    /// <summary>Nobody gets what the command has to say: before anything was sent it is a matter of the call, afterwards a loss.</summary>
    public int Print(OutputException failure)
    {
        if (asJson)
        {
            PrintJson(failure.IsBefore ? UsageCode : FaultCode, failure.Message, failure.Action);
        }
        else
        {
            PrintText(failure.Message, failure.Action);
        }

        return failure.IsBefore ? ExitCode.Usage : ExitCode.Fault;
    }

    /// <summary>Ctrl+C before the engine had anything to cancel.</summary>
    public int PrintInterrupted()
    {
        if (asJson)
        {
            PrintJson(AuthErrorId.Canceled, "Interrupted.", "Nothing was changed; call again.");
        }
        else
        {
            PrintText("Interrupted.", $"Nothing was changed; call again.  [{AuthErrorId.Canceled}]");
        }

        return ExitCode.Interrupted;
    }

    /// <summary>What nobody foresaw. Its message is not known to be free of secrets; where it happened is.</summary>
    public int PrintFault(Exception fault)
    {
        string message = $"authmodule itself failed: {fault.GetType().Name}.";
        if (asJson)
        {
            PrintJson(FaultCode, message, "Run it again without --json-errors, and report what it prints.");
        }
        else
        {
            PrintText(message, $"Report it, please, with these lines:\n{fault.StackTrace}");
        }

        return ExitCode.Fault;
    }

    private void PrintText(string message, string action)
    {
        if (forDsc)
        {
            context.Error.WriteLine(DscTrace.Line("error", $"{message} {action}"));
            return;
        }

        string name = command.Length > 0 ? $"authmodule {command}" : "authmodule";
        context.Error.WriteLine($"{name}: {message}");
        context.Error.WriteLine($"  {action}");
    }

    private void PrintJson(string code, string message, string action) => context.Error.WriteLine(JsonText.WriteObject(new Dictionary<string, object?>
    {
        ["code"] = code,
        ["message"] = message,
        ["recommendedAction"] = action,
        ["isTransient"] = false,
        ["isInteractionRequired"] = false,
    }));
}
