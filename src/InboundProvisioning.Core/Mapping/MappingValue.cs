namespace InboundProvisioning.Mapping;

/// <summary>Where an attribute's value comes from.</summary>
public abstract class MappingValue
{
    private protected MappingValue()
    {
    }
}
