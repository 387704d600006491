namespace InboundProvisioning.Sync.Changes;

/// <summary>How many people an attribute changes for.</summary>
internal sealed class AttributeCount
{
    public AttributeCount(string attribute)
    {
        Attribute = attribute;
    }

    /// <summary>The attribute.</summary>
    public string Attribute { get; }

    /// <summary>For whom it changes.</summary>
    public int Changed { get; set; }

    /// <summary>For whom it becomes empty.</summary>
    public int Cleared { get; set; }

    /// <summary>For whom it was empty before, or was not there.</summary>
    public int Filled { get; set; }

    /// <summary>Whether the attribute has a limit of its own, or is what all changes are about.</summary>
    public bool HasOwnLimit => string.Equals(Attribute, "active", System.StringComparison.OrdinalIgnoreCase)
        || string.Equals(Attribute, "userName", System.StringComparison.OrdinalIgnoreCase);
}
