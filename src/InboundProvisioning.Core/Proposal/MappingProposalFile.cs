using System;
using System.IO;
using System.Text;

namespace InboundProvisioning.Proposal;

/// <summary>Writes a proposed mapping to a file, which is there whole or not at all.</summary>
public static class MappingProposalFile
{
    /// <summary>Refuses a path to which no mapping can be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replaces">Whether a file that is there is replaced.</param>
    /// <exception cref="InboundProvisioningException"><c>InvalidMappingPath</c>, <c>NotAFile</c>, <c>FileExists</c>.</exception>
    public static void Require(string path, bool replaces)
    {
        if (!string.Equals(Path.GetExtension(path), ".psd1", StringComparison.OrdinalIgnoreCase))
        {
            throw new InboundProvisioningException("InvalidMappingPath", FaultKind.InvalidArgument, $"{path} does not end in .psd1, as the file of an attribute mapping must.", path);
        }

        if (Directory.Exists(path))
        {
            throw new InboundProvisioningException("NotAFile", FaultKind.InvalidArgument, $"{path} is a folder; give the path of a file.", path);
        }

        if (File.Exists(path) && !replaces)
        {
            throw new InboundProvisioningException("FileExists", FaultKind.AlreadyExists, $"{path} is there already. -Force replaces it.", path);
        }
    }

    /// <summary>Writes the mapping, in UTF-8 with a byte order mark: without one Windows PowerShell 5.1 reads another encoding.</summary>
    /// <param name="path">The file.</param>
    /// <param name="proposal">The mapping.</param>
    /// <param name="replaces">Whether a file that is there is replaced.</param>
    /// <exception cref="InboundProvisioningException">See <see cref="Require"/>.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Write(string path, MappingProposal proposal, bool replaces)
    {
        Require(path, replaces);
        string temporary = path + ".new";
        try
        {
            File.WriteAllText(temporary, proposal.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
            WholeFile.Put(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
