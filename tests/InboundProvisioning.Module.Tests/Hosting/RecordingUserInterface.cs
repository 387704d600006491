using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;
using System.Text;

namespace InboundProvisioning.Module.Tests.Hosting;

/// <summary>Keeps the text that is written and the questions that are asked.</summary>
public sealed class RecordingUserInterface : PSHostUserInterface
{
    private readonly StringBuilder _text = new();

    /// <summary>All text written to the host, formatted output and messages alike.</summary>
    public string Text => _text.ToString();

    /// <summary>The choices that were asked for, as caption and message.</summary>
    public ConcurrentQueue<string> Questions { get; } = new();

    /// <summary>The answers to give, by label (<c>Yes</c>, <c>No to All</c>); a question without an answer fails.</summary>
    public Queue<string> Answers { get; } = new();

    public override PSHostRawUserInterface? RawUI => null;

    public override void Write(string value) => _text.Append(value);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => _text.Append(value);

    public override void WriteLine(string value) => _text.AppendLine(value);

    public override void WriteErrorLine(string value) => _text.AppendLine(value);

    public override void WriteWarningLine(string message) => _text.AppendLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => _text.AppendLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => _text.AppendLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        // PowerShellResult.Progress has them.
    }

    public override string ReadLine() => throw new NotSupportedException("A script under test asked for a line of input.");

    public override SecureString ReadLineAsSecureString() =>
        throw new NotSupportedException("A script under test asked for a line of input.");

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw new NotSupportedException(
            $"A script under test asked for {string.Join(", ", descriptions.Select(field => field.Name))}: {caption} {message}");

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Questions.Enqueue($"{caption}\n{message}");
        string answer = Answers.Dequeue();
        int index = choices.Select(choice => choice.Label.Replace("&", string.Empty, StringComparison.Ordinal)).ToList().IndexOf(answer);
        return index >= 0 ? index : throw new NotSupportedException($"'{answer}' is not among the choices.");
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        throw new NotSupportedException("A script under test asked for a credential.");

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) =>
        throw new NotSupportedException("A script under test asked for a credential.");
}
