namespace InboundProvisioning.Emulator.Schema;

/// <summary>What the source of an attribute mapping is.</summary>
internal enum FlowSourceType
{
    Attribute,
    Constant,
    Function,
}
