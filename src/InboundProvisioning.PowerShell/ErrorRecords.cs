using System;
using System.IO;
using System.Management.Automation;

namespace InboundProvisioning.PowerShell;

/// <summary>Turns faults of the core library into error records. Ids come from the fault, categories from its kind.</summary>
internal static class ErrorRecords
{
    public static ErrorRecord From(Exception exception, object? target = null) => exception switch
    {
        InboundProvisioningException fault => new(fault, fault.ErrorId, Category(fault.Kind), target ?? fault.Target),
        FileNotFoundException or DirectoryNotFoundException => new(exception, "PathNotFound", ErrorCategory.ObjectNotFound, target),
        UnauthorizedAccessException => new(exception, "AccessDenied", ErrorCategory.PermissionDenied, target),
        IOException => new(exception, "InputOutput", ErrorCategory.ReadError, target),
        _ => new(exception, "Unexpected", ErrorCategory.NotSpecified, target),
    };

    private static ErrorCategory Category(FaultKind kind) => kind switch
    {
        FaultKind.InvalidArgument => ErrorCategory.InvalidArgument,
        FaultKind.InvalidData => ErrorCategory.InvalidData,
        FaultKind.NotFound => ErrorCategory.ObjectNotFound,
        FaultKind.AlreadyExists => ErrorCategory.ResourceExists,
        FaultKind.Authentication => ErrorCategory.AuthenticationError,
        FaultKind.PermissionDenied => ErrorCategory.PermissionDenied,
        FaultKind.LimitReached => ErrorCategory.LimitsExceeded,
        FaultKind.Connection => ErrorCategory.ConnectionError,
        FaultKind.Refused => ErrorCategory.InvalidOperation,
        FaultKind.Script => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };
}
