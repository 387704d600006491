namespace InboundProvisioning.Reports;

/// <summary>How much of people a report tells.</summary>
public enum ReportDetail
{
    /// <summary>Numbers alone: nobody is named.</summary>
    Summary,

    /// <summary>Ids of people and names of attributes, no values.</summary>
    Records,

    /// <summary>Values too: what changed, and the words of the service and of rejected rows, which quote values.</summary>
    Values,
}
