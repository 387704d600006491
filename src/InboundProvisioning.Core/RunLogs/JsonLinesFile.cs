using System;
using System.Globalization;
using System.IO;
using InboundProvisioning.State;

namespace InboundProvisioning.RunLogs;

/// <summary>
/// A file of JSON lines. Where it has become larger than a limit, it is kept as <c>.1</c>, what was there as <c>.2</c> and so on; the oldest
/// one goes. Each line is in the file when the call returns, so that a killed run has told how far it came.
/// </summary>
internal sealed class JsonLinesFile : IRunLogTarget
{
    /// <summary>How large the file may become, in bytes.</summary>
    public const long DefaultLimit = 10 * 1024 * 1024;

    /// <summary>How many older files are kept.</summary>
    public const int Kept = 5;

    private readonly string _path;
    private readonly long _limit;
    private readonly bool _isPersonal;
    private FileStream? _file;

    /// <param name="path">The file.</param>
    /// <param name="isPersonal">Whether entries can name people: the file is for its owner alone then.</param>
    /// <param name="limit">How large it may become, in bytes.</param>
    public JsonLinesFile(string path, bool isPersonal, long limit = DefaultLimit)
    {
        _path = path;
        _isPersonal = isPersonal;
        _limit = limit;
    }

    public string Name => _path;

    public void Write(RunLogEntry entry)
    {
        byte[] line = [.. RunLogJson.Line(entry), (byte)'\n'];
        _file ??= Open();
        if (_file.Length > 0 && _file.Length + line.Length > _limit)
        {
            _file.Dispose();
            _file = null;
            Rotate();
            _file = Open();
        }

        _file.Write(line, 0, line.Length);
        _file.Flush();
    }

    public void Dispose() => _file?.Dispose();

    private FileStream Open()
    {
        // Others may read it and rename it, as rotating tools do.
        const FileShare Share = FileShare.Read | FileShare.Delete;
        FileStream file = _isPersonal ? StateFile.Open(_path, FileMode.OpenOrCreate, Share) : new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, Share);
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private void Rotate()
    {
        File.Delete(PathOf(Kept));
        for (int number = Kept - 1; number > 0; number--)
        {
            if (File.Exists(PathOf(number)))
            {
                File.Move(PathOf(number), PathOf(number + 1));
            }
        }

        File.Move(_path, PathOf(1));
    }

    private string PathOf(int number) => _path + "." + number.ToString(CultureInfo.InvariantCulture);
}
