using System;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace InboundProvisioning.Emulator.Persistence;

/// <summary>
/// The directory of <c>--data-dir</c>, for the current user only. state.json is replaced as a whole, so that a stop at any time leaves either
/// the old or the new one.
/// </summary>
internal sealed class StateDirectory
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;

    /// <exception cref="IOException">The directory cannot be made.</exception>
    public StateDirectory(string path)
    {
        FullName = Path.GetFullPath(path);
        _path = Path.Combine(FullName, "state.json");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(FullName);
        }
        else
        {
            Directory.CreateDirectory(FullName, OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    public string FullName { get; }

    /// <summary>What was saved, or null when nothing was.</summary>
    /// <exception cref="InvalidDataException">The file is not one that the emulator wrote.</exception>
    public EmulatorState? Load()
    {
        if (!File.Exists(_path))
        {
            return null;
        }

        try
        {
            using FileStream file = File.OpenRead(_path);
            return JsonSerializer.Deserialize<EmulatorState>(file, Options()) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException fault)
        {
            throw new InvalidDataException($"{_path} is not a state of the emulator: {fault.Message}", fault);
        }
    }

    public void Save(EmulatorState state)
    {
        string beside = $"{_path}.new";
        var create = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            create.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(beside, create))
        {
            JsonSerializer.Serialize(file, state, Options());
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, _path, overwrite: true);
    }

    private static JsonSerializerOptions Options() => new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(), new LoggedJobConverter() },
    };
}
