namespace InboundProvisioning.Permissions;

/// <summary>What an app is to do, as far as permissions go.</summary>
public enum ProvisioningTask
{
    /// <summary>Upload bulk requests.</summary>
    Upload,

    /// <summary>Read the provisioning logs.</summary>
    Log,

    /// <summary>Find the app and its job, see the job, start, stop and restart it.</summary>
    Job,

    /// <summary>Read and change the job's schema.</summary>
    Schema,

    /// <summary>Make a provisioning app with its job.</summary>
    Create,

    /// <summary>Check records before they are sent against the job's mappings and the verified domains of the tenant.</summary>
    Check,
}
