namespace InboundProvisioning.Conversion.Persons;

/// <summary>The first row of a person goes, so that each row can be judged as it comes.</summary>
internal sealed class FirstRowRule : IPersonRule
{
    private readonly ExternalIdTable _seen = new();
    private readonly PersonVerdict _later;

    /// <param name="rejectsLater">Whether later rows are rejected; else they are passed over.</param>
    public FirstRowRule(bool rejectsLater)
    {
        _later = rejectsLater ? PersonVerdict.Reject : PersonVerdict.PassOver;
    }

    public PersonVerdict Judge(in PersonRow row, out uint taken)
    {
        if (_seen.TryAdd(row, out PersonRow first))
        {
            taken = row.Position;
            return PersonVerdict.Take;
        }

        taken = first.Position;
        return row.Makes(first.User) ? PersonVerdict.Same : _later;
    }
}
