using System;
using System.IO;

namespace InboundProvisioning.Authentication;

/// <summary>Reads the token of another identity provider from its file.</summary>
internal static class FederatedTokenFile
{
    // Far more than a token has; a wrong path may name anything.
    private const int LargestFile = 64 * 1024;

    /// <summary>The token as it is now.</summary>
    /// <exception cref="InboundProvisioningException"><c>FederatedTokenFileNotFound</c> or <c>FederatedTokenInvalid</c>.</exception>
    public static string Read(string path)
    {
        string token = Content(path).Trim();
        return token.Split('.').Length == 3 && TokenText.IsOne(token)
            ? token
            : throw Invalid(path, "holds no JWT (three parts with dots between them). Have the platform write the token's text alone.");
    }

    private static string Content(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > LargestFile)
            {
                throw Invalid(path, "is too large for a token.");
            }

            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new InboundProvisioningException(
                "FederatedTokenFileNotFound",
                FaultKind.NotFound,
                $"There is no file '{path}' (-FederatedTokenPath). In Kubernetes the workload identity webhook mounts it and sets AZURE_FEDERATED_TOKEN_FILE; "
                    + "in GitHub Actions a step must write the token there.",
                path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Invalid(path, "cannot be read: " + fault.Message);
        }
    }

    private static InboundProvisioningException Invalid(string path, string why) =>
        new("FederatedTokenInvalid", FaultKind.Authentication, $"The file '{path}' (-FederatedTokenPath) {why}", path);
}
