using System;
using System.IO;
using InboundProvisioning.ScriptHost;

const string Usage = """
    Runs a PowerShell script with the InboundProvisioning module imported.

    Usage: InboundProvisioning.ScriptHost [--no-module] <script.ps1> [arguments]

      --no-module   does not import the module
      arguments     as in "pwsh -File": values by position, -Name value, -Name:value, -Switch

    Exit code: that of the script's "exit", 1 after an error that ended the script, 130 after Ctrl+C, 2 for wrong usage.
    """;

bool importModule = args is not ["--no-module", ..];
if (args[(importModule ? 0 : 1)..] is not [var scriptPath, .. var arguments])
{
    Console.Error.WriteLine(Usage);
    return ExitCode.Usage;
}

if (!File.Exists(scriptPath))
{
    Console.Error.WriteLine($"There is no script '{scriptPath}'.");
    return ExitCode.Usage;
}

string? manifest = null;
if (importModule && (manifest = ModuleManifest.Find(AppContext.BaseDirectory)) is null)
{
    Console.Error.WriteLine($"The built module was not found above '{AppContext.BaseDirectory}': build the solution first.");
    return ExitCode.Usage;
}

return new ScriptRunner(Terminal.OfConsole(), manifest).Run(Path.GetFullPath(scriptPath), arguments);
