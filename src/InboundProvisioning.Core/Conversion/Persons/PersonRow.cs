namespace InboundProvisioning.Conversion.Persons;

/// <summary>A row of a person.</summary>
/// <param name="Id">The person.</param>
/// <param name="Position">Where the row stands in the run; see <see cref="RowPositions"/>.</param>
/// <param name="User">A fingerprint of the user that the row makes; 0 for a row with a fault.</param>
internal readonly record struct PersonRow(ExternalIdFingerprint Id, uint Position, uint User)
{
    /// <summary>Whether both rows make the very same user.</summary>
    /// <param name="user">The fingerprint of the other user.</param>
    public bool Makes(uint user) => User != 0 && User == user;
}
