using System;
using System.Buffers;
using System.IO;
using System.Text.Json;
using CsvHelper;

namespace InboundProvisioning.Benchmarks;

/// <summary>
/// What a developer would write by hand for this one mapping: CsvHelper's spans into one Utf8JsonWriter, 50 records a document, in
/// memory. It checks nothing and writes no file.
/// </summary>
public static class HandWrittenLoop
{
    private static readonly JsonEncodedText Schemas = JsonEncodedText.Encode("schemas");
    private static readonly JsonEncodedText Core = JsonEncodedText.Encode("urn:ietf:params:scim:schemas:core:2.0:User");
    private static readonly JsonEncodedText Enterprise = JsonEncodedText.Encode("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
    private static readonly JsonEncodedText ExternalId = JsonEncodedText.Encode("externalId");
    private static readonly JsonEncodedText UserName = JsonEncodedText.Encode("userName");
    private static readonly JsonEncodedText Active = JsonEncodedText.Encode("active");
    private static readonly JsonEncodedText DisplayName = JsonEncodedText.Encode("displayName");
    private static readonly JsonEncodedText NickName = JsonEncodedText.Encode("nickName");
    private static readonly JsonEncodedText UserType = JsonEncodedText.Encode("userType");
    private static readonly JsonEncodedText Title = JsonEncodedText.Encode("title");
    private static readonly JsonEncodedText Name = JsonEncodedText.Encode("name");
    private static readonly JsonEncodedText GivenName = JsonEncodedText.Encode("givenName");
    private static readonly JsonEncodedText FamilyName = JsonEncodedText.Encode("familyName");
    private static readonly JsonEncodedText Addresses = JsonEncodedText.Encode("addresses");
    private static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
    private static readonly JsonEncodedText Work = JsonEncodedText.Encode("work");
    private static readonly JsonEncodedText StreetAddress = JsonEncodedText.Encode("streetAddress");
    private static readonly JsonEncodedText Locality = JsonEncodedText.Encode("locality");
    private static readonly JsonEncodedText PostalCode = JsonEncodedText.Encode("postalCode");
    private static readonly JsonEncodedText Country = JsonEncodedText.Encode("country");
    private static readonly JsonEncodedText PhoneNumbers = JsonEncodedText.Encode("phoneNumbers");
    private static readonly JsonEncodedText Value = JsonEncodedText.Encode("value");
    private static readonly JsonEncodedText EmployeeNumber = JsonEncodedText.Encode("employeeNumber");
    private static readonly JsonEncodedText CostCenter = JsonEncodedText.Encode("costCenter");
    private static readonly JsonEncodedText Organization = JsonEncodedText.Encode("organization");
    private static readonly JsonEncodedText Division = JsonEncodedText.Encode("division");
    private static readonly JsonEncodedText Department = JsonEncodedText.Encode("department");
    private static readonly JsonEncodedText Manager = JsonEncodedText.Encode("manager");

    /// <summary>Converts a file.</summary>
    /// <returns>How many bytes of JSON that made.</returns>
    public static long Run(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        using CsvReader csv = CsvReader.Create(stream, new CsvReaderOptions { Separator = ',', BufferSize = 256 * 1024 });
        var buffer = new ArrayBufferWriter<byte>(256 * 1024);
        using var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true });
        long bytes = 0;
        int operations = 0;
        while (csv.Read())
        {
            if (operations == 0)
            {
                json.WriteStartObject();
                json.WriteStartArray("schemas");
                json.WriteStringValue("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
                json.WriteEndArray();
                json.WriteStartArray("Operations");
            }

            WriteOperation(csv, json);
            if (++operations == 50)
            {
                bytes += End(json, buffer);
                operations = 0;
            }
        }

        return bytes + (operations > 0 ? End(json, buffer) : 0);
    }

    private static void WriteOperation(CsvReader csv, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("method"u8, "POST"u8);
        json.WriteString("bulkId"u8, csv.GetSpan(0));
        json.WriteString("path"u8, "/Users"u8);
        json.WriteStartObject("data"u8);
        json.WriteStartArray(Schemas);
        json.WriteStringValue(Core);
        json.WriteStringValue(Enterprise);
        json.WriteEndArray();
        json.WriteString(ExternalId, csv.GetSpan(0));
        json.WriteString(UserName, csv.GetSpan(3));
        json.WriteBoolean(Active, csv.GetSpan(1).SequenceEqual("Active"u8));
        json.WriteString(DisplayName, csv.GetSpan(6));
        json.WriteString(NickName, csv.GetSpan(3));
        json.WriteString(UserType, csv.GetSpan(2));
        json.WriteString(Title, csv.GetSpan(16));
        json.WriteStartObject(Name);
        json.WriteString(GivenName, csv.GetSpan(4));
        json.WriteString(FamilyName, csv.GetSpan(5));
        json.WriteEndObject();
        json.WriteStartArray(Addresses);
        json.WriteStartObject();
        json.WriteString(Type, Work);
        json.WriteString(StreetAddress, csv.GetSpan(17));
        json.WriteString(Locality, csv.GetSpan(18));
        json.WriteString(PostalCode, csv.GetSpan(23));
        json.WriteString(Country, csv.GetSpan(19));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartArray(PhoneNumbers);
        json.WriteStartObject();
        json.WriteString(Type, Work);
        json.WriteString(Value, csv.GetSpan(20));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteStartObject(Enterprise);
        json.WriteString(EmployeeNumber, csv.GetSpan(0));
        json.WriteString(CostCenter, csv.GetSpan(13));
        json.WriteString(Organization, csv.GetSpan(14));
        json.WriteString(Division, csv.GetSpan(12));
        json.WriteString(Department, csv.GetSpan(11));
        json.WriteStartObject(Manager);
        json.WriteString(Value, csv.GetSpan(8));
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static long End(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer)
    {
        json.WriteEndArray();
        json.WriteNull("failOnErrors");
        json.WriteEndObject();
        json.Flush();
        long written = buffer.WrittenCount;
        buffer.ResetWrittenCount();
        json.Reset();
        return written;
    }
}
