using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Mapping;

namespace InboundProvisioning.Core.Tests.Sync;

/// <summary>The text of an HR export, and the mapping that belongs to it.</summary>
internal static class HrFile
{
    public const string Header = "WorkerID,GivenName,Surname,UserName,Title,Department,ManagerID,Status";

    /// <summary>The mapping in use.</summary>
    public static AttributeMapping Mapping { get; } = MappingWith();

    /// <summary>The same with further attributes, or others in place of its own.</summary>
    public static AttributeMapping MappingWith(params (string Name, object? Value)[] others)
    {
        (string Name, object? Value)[] own =
        [
            ("externalId", "WorkerID"),
            ("userName", "UserName"),
            ("active", Mappings.Expression(static row => (string?)row.GetValue(row.Columns.IndexOf("Status")) == "Active", "Status")),
            ("displayName", Mappings.Expression(static row => $"{row.GetValue(row.Columns.IndexOf("GivenName"))} {row.GetValue(row.Columns.IndexOf("Surname"))}", "GivenName", "Surname")),
            ("title", "Title"),
            ("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", Mappings.Complex(
                ("department", "Department"),
                ("manager", Mappings.Complex(("value", "ManagerID"))))),
        ];
        return Mappings.Of([.. own.Where(one => !others.Any(other => other.Name == one.Name)), .. others.Where(static other => other.Value is not null)]);
    }

    /// <summary>The export as text.</summary>
    public static string Text(IEnumerable<Worker> workers, string header = Header, char delimiter = ',', string lineBreak = "\n")
    {
        var text = new StringBuilder(header.Replace(',', delimiter)).Append(lineBreak);
        foreach (Worker worker in workers)
        {
            text.Append(string.Join(
                delimiter, worker.Id, worker.GivenName, worker.Surname, worker.UserName, worker.Title, worker.Department, worker.Manager, worker.IsActive ? "Active" : "Left"))
                .Append(lineBreak);
        }

        return text.ToString();
    }

    /// <summary>The export in UTF-8.</summary>
    public static byte[] Bytes(IEnumerable<Worker> workers) => Encoding.UTF8.GetBytes(Text(workers));
}
