using System;
using System.Globalization;
using System.IO;
using System.Linq;
using InboundProvisioning.Jobs;

namespace InboundProvisioning.Schema;

/// <summary>Keeps the schema of a job in a file before it is replaced.</summary>
public static class SchemaBackup
{
    /// <summary>The name of a backup: the job and the time in UTC.</summary>
    public static string FileName(ProvisioningJobAddress job, DateTimeOffset time)
    {
        char[] invalid = Path.GetInvalidFileNameChars();
        string id = new([.. job.JobId.Select(character => invalid.Contains(character) ? '_' : character)]);
        return $"ProvisioningSchema-{id}-{time.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture)}.json";
    }

    /// <summary>Writes a schema as it came to a new file, down to the disk.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="path">The file, or a folder that takes one of the name above.</param>
    /// <param name="job">The job that the schema is of.</param>
    /// <param name="time">The time of the backup.</param>
    /// <returns>The file.</returns>
    /// <exception cref="InboundProvisioningException"><c>BackupExists</c>, <c>BackupFailed</c>.</exception>
    public static string Write(ProvisioningSchema schema, string path, ProvisioningJobAddress job, DateTimeOffset time)
    {
        string file = path;
        try
        {
            bool named = !Directory.Exists(path);
            for (int number = 1; ; number++)
            {
                file = named ? path : Path.Combine(path, Numbered(FileName(job, time), number));
                if (!File.Exists(file))
                {
                    break;
                }

                if (named)
                {
                    throw new InboundProvisioningException(
                        "BackupExists", FaultKind.AlreadyExists, $"{file} is there already, so the schema was not changed. Give another -BackupPath, or a folder.", file);
                }
            }

            using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            byte[] bytes = schema.ToBytes();
            stream.Write(bytes, 0, bytes.Length);
            stream.Flush(flushToDisk: true);
            return file;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new InboundProvisioningException(
                "BackupFailed",
                FaultKind.InvalidArgument,
                $"The backup {file} cannot be written, so the schema was not changed: {fault.Message} Give a -BackupPath that can.",
                file,
                fault);
        }
    }

    private static string Numbered(string name, int number) =>
        number == 1 ? name : $"{Path.GetFileNameWithoutExtension(name)}-{number.ToString(CultureInfo.InvariantCulture)}.json";
}
