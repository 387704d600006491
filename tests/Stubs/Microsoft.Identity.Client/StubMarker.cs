namespace Microsoft.Identity.Client;

/// <summary>Tells this assembly from the real one, which has no such type.</summary>
public static class StubMarker
{
}
