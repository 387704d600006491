namespace InboundProvisioning.Mapping;

/// <summary>What kind of value an expression gives, as far as its text shows it.</summary>
public enum ValueShape
{
    /// <summary>It shows only when the expression runs.</summary>
    Unknown,

    /// <summary>A text, a number, a Boolean or a date.</summary>
    Simple,

    /// <summary>One object with members, such as a hashtable.</summary>
    Complex,

    /// <summary>Several values.</summary>
    Several,
}
