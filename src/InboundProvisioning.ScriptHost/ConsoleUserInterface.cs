using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;
using System.Threading;

namespace InboundProvisioning.ScriptHost;

/// <summary>
/// Writes what the engine has to say. Standard output gets what the script emits and writes to the host; errors, warnings,
/// progress and prompts go to standard error, so that redirected output holds the script's results alone.
/// </summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private const string ResetColour = "\e[0m";

    private readonly Terminal _terminal;
    private readonly Lock _gate = new();

    public ConsoleUserInterface(Terminal terminal)
    {
        _terminal = terminal;
        RawUI = new ConsoleRawUserInterface(terminal);
        Progress = terminal.ErrorIsScreen ? new ProgressDisplay(terminal.Error, terminal.Width, TimeProvider.System) : null;
    }

    /// <summary>The progress line, or null where there is no screen to draw it on.</summary>
    public ProgressDisplay? Progress { get; }

    public override PSHostRawUserInterface RawUI { get; }

    public override bool SupportsVirtualTerminal => _terminal.ColourOnOutput;

    public override void Write(string value) => WriteOutput(value, colour: null);

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteOutput(value, foregroundColor);

    public override void WriteLine(string value) => WriteOutput(value + Environment.NewLine, colour: null);

    public override void WriteLine(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        WriteOutput(value + Environment.NewLine, foregroundColor);

    public override void WriteErrorLine(string value) => WriteMessage(value, ConsoleColor.Red);

    public override void WriteWarningLine(string message) => WriteMessage("WARNING: " + message, ConsoleColor.Yellow);

    public override void WriteVerboseLine(string message) => WriteMessage("VERBOSE: " + message, ConsoleColor.Cyan);

    public override void WriteDebugLine(string message) => WriteMessage("DEBUG: " + message, ConsoleColor.DarkGray);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        lock (_gate)
        {
            Progress?.Update(sourceId, record);
        }
    }

    public override string ReadLine() => _terminal.Input.ReadLine()
        ?? throw new HostException("The script asks for input, and there is none: standard input has ended.");

    public override SecureString ReadLineAsSecureString()
    {
        var secret = new SecureString();
        if (!_terminal.InputIsKeyboard)
        {
            foreach (char character in ReadLine())
            {
                secret.AppendChar(character);
            }

            return secret;
        }

        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                if (secret.Length > 0)
                {
                    secret.RemoveAt(secret.Length - 1);
                }
            }
            else if (key.KeyChar != '\0')
            {
                secret.AppendChar(key.KeyChar);
            }
        }

        WriteMessage(string.Empty, colour: null);
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        WriteHeading(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
        {
            WriteQuestion($"{field.Name}: ");
            bool isSecret = field.ParameterTypeFullName == typeof(SecureString).FullName;
            answers[field.Name] = PSObject.AsPSObject(isSecret ? ReadLineAsSecureString() : ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        Choice[] all = [.. choices.Select(Choice.From)];
        string question = string.Join("  ", all.Select(choice => $"[{choice.Key}] {choice.Label}")) + "  [?] Help";
        if (defaultChoice >= 0)
        {
            question += $" (default is \"{all[defaultChoice].Key}\")";
        }

        WriteHeading(caption, message);
        while (true)
        {
            WriteQuestion(question + ": ");
            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
            {
                return defaultChoice;
            }

            int index = Array.FindIndex(all, choice => choice.IsMeantBy(answer));
            if (index >= 0)
            {
                return index;
            }

            if (answer == "?")
            {
                foreach (Choice choice in all)
                {
                    WriteMessage($"{choice.Key} - {choice.Help}", colour: null);
                }
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            WriteQuestion("User: ");
            userName = ReadLine();
        }

        WriteQuestion($"Password for user {userName}: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    private void WriteHeading(string caption, string message)
    {
        foreach (string line in new[] { caption, message }.Where(line => !string.IsNullOrEmpty(line)))
        {
            WriteMessage(line, colour: null);
        }
    }

    private void WriteQuestion(string text)
    {
        lock (_gate)
        {
            Progress?.Clear();
            _terminal.Error.Write(text);
        }
    }

    private void WriteMessage(string text, ConsoleColor? colour)
    {
        lock (_gate)
        {
            Progress?.Clear();
            Write(_terminal.Error, text, colour, _terminal.ColourOnError);
            _terminal.Error.WriteLine();
        }
    }

    private void WriteOutput(string text, ConsoleColor? colour)
    {
        lock (_gate)
        {
            Progress?.Clear();
            Write(_terminal.Output, text, colour, _terminal.ColourOnOutput);
            Progress?.Resume(atLineStart: text.EndsWith('\n'));
        }
    }

    private static void Write(TextWriter writer, string text, ConsoleColor? colour, bool colourIsShown)
    {
        if (!colourIsShown)
        {
            writer.Write(new StringDecorated(text).ToString(OutputRendering.PlainText));
            return;
        }

        if (colour is not { } foreground)
        {
            writer.Write(text);
            return;
        }

        // The reset comes before the end of the line: some terminals colour the rest of the next one otherwise.
        ReadOnlySpan<char> body = text.AsSpan().TrimEnd("\r\n");
        writer.Write($"\e[{AnsiCode(foreground)}m{body}{ResetColour}{text.AsSpan(body.Length)}");
    }

    /// <summary>The foreground codes of ECMA-48 and their bright variants.</summary>
    private static int AnsiCode(ConsoleColor colour) => colour switch
    {
        ConsoleColor.Black => 30,
        ConsoleColor.DarkRed => 31,
        ConsoleColor.DarkGreen => 32,
        ConsoleColor.DarkYellow => 33,
        ConsoleColor.DarkBlue => 34,
        ConsoleColor.DarkMagenta => 35,
        ConsoleColor.DarkCyan => 36,
        ConsoleColor.Gray => 37,
        ConsoleColor.DarkGray => 90,
        ConsoleColor.Red => 91,
        ConsoleColor.Green => 92,
        ConsoleColor.Yellow => 93,
        ConsoleColor.Blue => 94,
        ConsoleColor.Magenta => 95,
        ConsoleColor.Cyan => 96,
        _ => 97,
    };
}
