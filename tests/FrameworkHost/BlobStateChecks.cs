using System;
using System.IO;
using System.Linq;
using InboundProvisioning.Graph;
using InboundProvisioning.Nights;
using InboundProvisioning.State;
using InboundProvisioning.State.Blob;
using InboundProvisioning.Sync;

namespace InboundProvisioning.FrameworkHost;

/// <summary>A state in a blob, as far as the storage that is not there.</summary>
internal sealed class BlobStateChecks(Service service)
{
    public void The_storage_client_is_that_of_both_editions()
    {
        using ServiceConnection connection = service.Open();
        StateLocation location = BlobStates.Locate("https://127.0.0.1:1/devstoreaccount1/provisioning/contoso.db?sig=secret", connection);
        string answer = string.Empty;
        try
        {
            SyncSession.OpenForPlan(new SyncSettings { StatePath = location }, new SilentObserver()).Dispose();
        }
        catch (InboundProvisioningException fault)
        {
            answer = fault.ErrorId;
        }

        Expect.Equal("StateUnavailable", answer);
        string[] folders =
        [
            .. AppDomain.CurrentDomain.GetAssemblies()
                .Where(assembly => assembly.GetName().Name.StartsWith("Azure.", StringComparison.Ordinal))
                .Select(assembly => Path.GetFileName(Path.GetDirectoryName(assembly.Location)))
                .Distinct(),
        ];
        Expect.Equal("shared", string.Join(" ", folders));
    }
}
