using System;
using System.IO;
using System.Text;

namespace InboundProvisioning.ScriptHost;

/// <summary>Where text goes and comes from, and what of it a person sees on a screen.</summary>
/// <param name="Output">Standard output: what the script emits or writes to the host.</param>
/// <param name="Error">Standard error: errors, warnings, progress, prompts.</param>
/// <param name="Input">Standard input: answers to prompts.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error, TextReader Input)
{
    private const int RedirectedWidth = 120;
    private const int RedirectedHeight = 50;

    /// <summary>Whether standard output understands colours and they are wanted.</summary>
    public bool ColourOnOutput { get; init; }

    /// <summary>Whether standard error understands colours and they are wanted.</summary>
    public bool ColourOnError { get; init; }

    /// <summary>Whether standard error is a screen, where progress can be redrawn.</summary>
    public bool ErrorIsScreen { get; init; }

    /// <summary>Whether a person answers the prompts.</summary>
    public bool InputIsKeyboard { get; init; }

    /// <summary>Gives the columns of the screen; files and pipes get a fixed width, so that their content does not vary.</summary>
    public Func<int> Width { get; init; } = () => RedirectedWidth;

    /// <summary>Gives the rows of the screen.</summary>
    public Func<int> Height { get; init; } = () => RedirectedHeight;

    /// <summary>The console of this process. Colours obey <c>NO_COLOR</c> (https://no-color.org).</summary>
    public static Terminal OfConsole()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        bool colour = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) && VirtualTerminal.Enable();
        bool outputIsScreen = !Console.IsOutputRedirected;
        return new Terminal(Console.Out, Console.Error, Console.In)
        {
            ColourOnOutput = colour && outputIsScreen,
            ColourOnError = colour && !Console.IsErrorRedirected,
            ErrorIsScreen = !Console.IsErrorRedirected,
            InputIsKeyboard = !Console.IsInputRedirected,
            Width = () => outputIsScreen && Console.WindowWidth > 0 ? Console.WindowWidth : RedirectedWidth,
            Height = () => outputIsScreen && Console.WindowHeight > 0 ? Console.WindowHeight : RedirectedHeight,
        };
    }
}
