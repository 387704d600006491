using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace InboundProvisioning.Benchmarks;

/// <summary>Makes an HR file of 24 columns and about 215 bytes a row, the same for the same number of rows.</summary>
internal static class WorkerFile
{
    private static readonly string[] FirstNames =
        ["Ada", "Bruno", "Chiara", "Dmitri", "Elif", "Farid", "Greta", "Hiro", "Ines", "Jonas", "Kavita", "Luis", "Maren", "Noor", "Oskar", "Priya"];

    private static readonly string[] LastNames =
        ["Abbott", "Bianchi", "Castillo", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ibrahim", "Jansen", "Kowalski", "Lindqvist", "Moreau", "Novak"];

    private static readonly string[] Departments = ["Sales", "Manufacturing", "Human Resources", "Product Engineering", "Finance", "Legal"];
    private static readonly string[] Divisions = ["Electronics", "Food", "Garments", "Media", "Pharma"];
    private static readonly string[] Companies = ["Fabrikam", "Contoso", "Woodgrove"];
    private static readonly string[] Locations = ["Europe", "North America", "Asia Pacific", "Middle East"];
    private static readonly string[] Titles = ["Sales Executive", "Engineering Manager", "Business Analyst", "Vice President", "Software Developer", "Director"];
    private static readonly string[] Streets = ["101 Market Street", "202 Harbour Lane", "303 Station Road", "404 Mill Avenue", ""];
    private static readonly string[] Cities = ["Hamburg", "Chicago", "Lyon", "San Francisco", "Osaka", "Munich"];
    private static readonly string[] Countries = ["DE", "US", "FR", "JP", "UK"];
    private static readonly string[] Types = ["Employee", "Contractor", "Intern"];

    public const string Header =
        "WorkerID,WorkerStatus,WorkerType,UserID,FirstName,LastName,FullName,GenderPronoun,ManagerID,HireDate,OnLeave,Department,Division,"
        + "CostCenter,Company,Location,JobTitle,StreetAddress,City,CountryCode,OfficePhone,Custom01,Custom02,ZipCode";

    public static void Create(string path, int rows)
    {
        var random = new Random(20);
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.Write(Header);
        writer.Write('\n');
        for (int i = 0; i < rows; i++)
        {
            int id = 100_000 + i;
            string first = Pick(random, FirstNames);
            string last = Pick(random, LastNames);
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{id},{(random.Next(10) == 0 ? "Inactive" : "Active")},{Pick(random, Types)},EMP{id}@contoso.example,{first},{last},{first} {last},"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"SHE/HER,{100_000 + (i / 10)},20{random.Next(10, 26)}-{random.Next(1, 13):D2}-{random.Next(1, 29):D2},{(random.Next(20) == 0 ? "True" : "False")},"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Pick(random, Departments)},{Pick(random, Divisions)},CC{random.Next(1000, 9999)},{Pick(random, Companies)},{Pick(random, Locations)},"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{Pick(random, Titles)},{Pick(random, Streets)},{Pick(random, Cities)},{Pick(random, Countries)},"));
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{random.Next(100, 999)}-555-{random.Next(1000, 9999)},T{random.Next(1000, 9999)},{(random.Next(4) == 0 ? "" : "GIQ23")},{random.Next(10000, 99999)}\n"));
        }
    }

    private static string Pick(Random random, string[] values) => values[random.Next(values.Length)];
}
