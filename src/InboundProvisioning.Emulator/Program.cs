using System;
using System.IO;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

using InboundProvisioning.Emulator;

CommandLine commandLine;
try
{
    commandLine = CommandLine.Parse(args);
}
catch (FormatException fault)
{
    await Console.Error.WriteLineAsync($"{fault.Message}{Environment.NewLine}{Environment.NewLine}{CommandLine.Usage}");
    return 2;
}

if (commandLine.Help)
{
    Console.WriteLine(CommandLine.Usage);
    return 0;
}

var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopped.TrySetResult();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

try
{
    await using EmulatorHost emulator = await EmulatorHost.StartAsync(commandLine.Options);
    Console.WriteLine(emulator.Address.ToJson());
    await (commandLine.UntilStdinCloses ? Task.WhenAny(stopped.Task, EndOfStandardInput()) : stopped.Task);
    return 0;
}
catch (SocketException fault)
{
    await Console.Error.WriteLineAsync($"Cannot listen on port {commandLine.Options.Port} of the loopback interface: {fault.Message}");
    return 1;
}
catch (Exception fault) when (commandLine.Options.DataDirectory is not null && (fault is IOException or InvalidDataException or UnauthorizedAccessException))
{
    await Console.Error.WriteLineAsync($"Cannot use the data directory: {fault.Message}");
    return 1;
}

static async Task EndOfStandardInput()
{
    using Stream input = Console.OpenStandardInput();
    await input.CopyToAsync(Stream.Null);
}
