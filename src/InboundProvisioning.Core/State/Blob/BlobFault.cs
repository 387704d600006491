using System;
using System.Linq;
using System.Threading;
using Azure;
using InboundProvisioning.Http;

namespace InboundProvisioning.State.Blob;

/// <summary>Words the faults of Azure Storage: status and code, never a text of the service or a URL, in which a signature may stand.</summary>
internal static class BlobFault
{
    /// <summary>The fault that a call ended with, in our words.</summary>
    /// <param name="fault">What the client threw.</param>
    /// <param name="address">The blob.</param>
    /// <param name="isWrite">Whether something was to be written.</param>
    public static InboundProvisioningException From(Exception fault, BlobAddress address, bool isWrite)
    {
        // Of several attempts the client gives all.
        Exception cause = fault is AggregateException attempts ? attempts.Flatten().InnerExceptions.Last() : fault;
        for (Exception? inner = cause; inner is not null; inner = inner.InnerException)
        {
            if (inner is InboundProvisioningException ours)
            {
                return ours;
            }
        }

        return cause is RequestFailedException { Status: > 0 } refused ? Refused(refused, address, isWrite) : NoAnswer(cause, address, isWrite);
    }

    /// <summary>Whether a call ended with a fault of the way or of the service.</summary>
    public static bool IsOne(Exception fault, CancellationToken cancellationToken) =>
        fault is RequestFailedException or AggregateException || ConnectionFault.IsOne(fault, cancellationToken);

    private static InboundProvisioningException Refused(RequestFailedException fault, BlobAddress address, bool isWrite)
    {
        string answer = $"{fault.Status} {fault.ErrorCode}".TrimEnd();
        return fault.Status switch
        {
            401 or 403 => new InboundProvisioningException(
                "StateAccessDenied",
                FaultKind.PermissionDenied,
                $"Azure Storage does not let this run {(isWrite ? "write" : "read")} the state {address.Name} ({answer}). "
                + (address.HasSignature
                    ? "The shared access signature may have expired, or lacks a permission: read, create, write and delete (rcwd) on the container."
                    : "Give the identity of the connection the role Storage Blob Data Contributor on the container.")
                + " The firewall of the storage account may keep this machine out as well.",
                address.Name),
            404 => new InboundProvisioningException(
                "StateUnavailable", FaultKind.NotFound, $"The container of the state {address.Name} is not there ({answer}). Make it, or correct -StatePath.", address.Name),
            400 => new InboundProvisioningException(
                "StateUrlInvalid",
                FaultKind.InvalidArgument,
                $"Azure Storage does not take the URL of the state {address.Name} ({answer}). The name of a container has 3 to 63 small letters, digits and hyphens; correct -StatePath.",
                address.Name),
            _ => new InboundProvisioningException(
                isWrite ? "StateNotWritten" : "StateUnavailable",
                fault.Status >= 500 ? FaultKind.Connection : FaultKind.Refused,
                $"Azure Storage does not {(isWrite ? "take" : "give")} the state {address.Name} ({answer}). Run again later: what was sent is known or in doubt there, nothing is lost.",
                address.Name),
        };
    }

    private static InboundProvisioningException NoAnswer(Exception fault, BlobAddress address, bool isWrite)
    {
        InboundProvisioningException connection = ConnectionFault.From(fault, address.Host);
        return connection.ErrorId is "ServiceUnreachable" or "ServiceTimeout"
            ? new InboundProvisioningException(
                isWrite ? "StateNotWritten" : "StateUnavailable",
                FaultKind.Connection,
                $"The state {address.Name} cannot be {(isWrite ? "written" : "read")}: {connection.Message} What was sent is known or in doubt there, nothing is lost.",
                address.Name)
            : connection;
    }
}
