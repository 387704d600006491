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
    private bool _isProtected;

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

    // Such as /dev/stdout: where it leads is for whoever started the process to say.
    private bool IsOutput => _path.StartsWith("/dev/", StringComparison.Ordinal);

    public void Write(RunLogEntry entry)
    {
        byte[] line = [.. RunLogJson.Line(entry), (byte)'\n'];
        _file ??= Open();
        if (_file.CanSeek && _file.Length > 0 && _file.Length + line.Length > _limit)
        {
            _file.Dispose();
            _file = null;
            Rotate();
            _file = Open();
        }

        ProtectOnce();
        if (_file.CanSeek)
        {
            // Where the system lets several runs write one file, what the others have written meanwhile stays.
            _file.Seek(0, SeekOrigin.End);
        }

        _file.Write(line, 0, line.Length);
        _file.Flush();
        ProtectOnce();
    }

    public void Dispose() => _file?.Dispose();

    private FileStream Open()
    {
        bool isCut = !EndsWithLine();

        // Others may read it and rename it, as rotating tools do.
        const FileShare Share = FileShare.Read | FileShare.Delete;
        FileStream file = _isPersonal ? StateFile.Open(_path, FileMode.OpenOrCreate, Share) : new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, Share);
        if (isCut)
        {
            file.Seek(0, SeekOrigin.End);

            // A run was killed, or the disk was full, within a line.
            file.WriteByte((byte)'\n');
        }

        return file;
    }

    // Whatever else is there, such as the HR file or the state, would be spoilt. Pipes and devices have no length, and are not looked into.
    private bool EndsWithLine()
    {
        if (IsOutput || new FileInfo(_path) is not { Exists: true, Length: > 0 })
        {
            return true;
        }

        using var file = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        foreach (byte expected in RunLogJson.Beginning)
        {
            if (file.ReadByte() != expected)
            {
                throw new IOException("There is something else already, which is no log of a run. Take another path, or delete it.");
            }
        }

        file.Seek(-1, SeekOrigin.End);
        return file.ReadByte() == '\n';
    }

    // A file of a time when nobody was named in it may be open to others. A device such as /dev/null, which has no length, stays as it is.
    private void ProtectOnce()
    {
        if (_isPersonal && !_isProtected && !IsOutput && _file is { CanSeek: true, Length: > 0 })
        {
            StateFile.Protect(_path);
            _isProtected = true;
        }
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
