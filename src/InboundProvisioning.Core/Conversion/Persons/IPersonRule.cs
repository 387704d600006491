namespace InboundProvisioning.Conversion.Persons;

/// <summary>Decides which of a person's rows goes.</summary>
internal interface IPersonRule
{
    /// <summary>Judges the next row, each once and in order.</summary>
    /// <param name="row">The row.</param>
    /// <param name="taken">The position of the row that goes in its place, when it is not taken.</param>
    PersonVerdict Judge(in PersonRow row, out uint taken);
}
