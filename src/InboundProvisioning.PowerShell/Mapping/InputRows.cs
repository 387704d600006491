using System;
using System.Collections.Generic;
using System.Collections.Specialized;
using System.Data;
using System.Management.Automation;

namespace InboundProvisioning.PowerShell.Mapping;

/// <summary>The rows in what comes by pipeline: one object is one, a DataTable or a data reader gives its own.</summary>
internal static class InputRows
{
    public static IEnumerable<PSObject> Of(PSObject inputObject)
    {
        switch (inputObject.BaseObject)
        {
            case DataTable table:
                foreach (DataRow row in table.Rows)
                {
                    yield return PSObject.AsPSObject(row);
                }

                break;
            case IDataReader reader:
                while (reader.Read())
                {
                    yield return Record(reader);
                }

                break;
            case IDataRecord record:
                yield return Record(record);
                break;
            default:
                yield return inputObject;
                break;
        }
    }

    // PowerShell does not show the fields of a record as properties; a dictionary's keys it finds as $_.Name and as $_['Name'].
    private static PSObject Record(IDataRecord record)
    {
        var row = new OrderedDictionary(record.FieldCount, StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < record.FieldCount; i++)
        {
            string name = record.GetName(i);
            if (row.Contains(name))
            {
                throw new InboundProvisioningException(
                    "RepeatedColumn", FaultKind.InvalidData, $"The column '{name}' occurs twice in the data reader. Give each column a name of its own, with AS in the query.");
            }

            row.Add(name, record.IsDBNull(i) ? null : record.GetValue(i));
        }

        return PSObject.AsPSObject(row);
    }
}
