using System;
using System.IO;
using System.Runtime.Versioning;
#if NET8_0_OR_GREATER
using System.Security.AccessControl;
using System.Security.Principal;
#endif

namespace InboundProvisioning.State;

/// <summary>The access list of a file on Windows: the current user and the system, nothing inherited.</summary>
internal static class OwnerAccess
{
#if NET8_0_OR_GREATER
    [SupportedOSPlatform("windows")]
    public static void Set(string path)
    {
        var security = new FileSecurity();
        security.SetSecurityDescriptorSddlForm(Sddl(WindowsIdentity.GetCurrent().User!.Value));
        new FileInfo(path).SetAccessControl(security);
    }
#else
    // .NET Standard has no name for these types of .NET Framework.
    public static void Set(string path)
    {
        Type identity = Of("System.Security.Principal.WindowsIdentity");
        object current = identity.GetMethod("GetCurrent", Type.EmptyTypes)!.Invoke(null, null)!;
        object user = identity.GetProperty("User")!.GetValue(current)!;
        Type type = Of("System.Security.AccessControl.FileSecurity");
        object security = Activator.CreateInstance(type)!;
        type.GetMethod("SetSecurityDescriptorSddlForm", [typeof(string)])!.Invoke(
            security, [Sddl(user.ToString()!)]);
        typeof(File).GetMethod("SetAccessControl", [typeof(string), type])!.Invoke(null, [path, security]);
    }

    private static Type Of(string name) => typeof(File).Assembly.GetType(name, throwOnError: true)!;
#endif

    // User, full; SYSTEM, full; protected from inheritance. https://learn.microsoft.com/windows/win32/secauthz/ace-strings
    private static string Sddl(string user) => $"D:P(A;;FA;;;{user})(A;;FA;;;SY)";
}
