using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests.Schema;

/// <summary>Set-ProvisioningSchemaExtension, Export-ProvisioningSchema and Import-ProvisioningSchema against the emulator.</summary>
public sealed class ProvisioningSchemaTests : IClassFixture<AdministeredService>, IDisposable
{
    private static int _tests;

    // The tests share a job: each has an extension of its own.
    private readonly string _urn = $"urn:ietf:params:scim:schemas:extension:contoso:{++_tests}.0:User";
    private readonly TemporaryDirectory _directory = new();
    private readonly EmulatedService _service;
    private readonly EmulatedSession _session;

    public ProvisioningSchemaTests(AdministeredService service)
    {
        _service = service.Service;
        _session = _service.OpenSession().Connect();
        _session.Run("$urn = $u; $null = $ExecutionContext.SessionState.Path.SetLocation($folder)", ("u", _urn), ("folder", _directory.Path)).ThrowIfFailed();
    }

    public void Dispose()
    {
        _session.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void The_columns_of_a_file_become_attributes_without_the_quotes_of_the_header()
    {
        File.WriteAllText(_directory.Combine("workers.csv"), "\"WorkerID\",\"HireDate\"\n1,2026-01-02\n");

        PSObject[] results = Objects("Set-ProvisioningSchemaExtension workers.csv $urn");

        Assert.Equal([("WorkerID", "String", "Added"), ("HireDate", "String", "Added")], results.Select(Shown));
        Assert.Equal([_urn + ":WorkerID", _urn + ":HireDate"], CustomAttributes());
        Assert.Equal(_session.Address.JobId, results[0].Properties["JobId"].Value);
        Assert.Equal(_session.Address.ServicePrincipalId.ToString(), results[0].Properties["ServicePrincipalId"].Value);
    }

    [Fact]
    public void The_schema_is_kept_in_a_file_first_which_is_named_and_brings_it_back()
    {
        string before = Export();

        PSObject result = Assert.Single(Objects("Set-ProvisioningSchemaExtension -Name HireDate -Namespace $urn"));

        string backup = (string)result.Properties["BackupPath"].Value;
        Assert.Equal(_directory.Path, Path.GetDirectoryName(backup));
        Assert.Contains(_session.Address.JobId, Path.GetFileName(backup), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(backup));
        Assert.Contains(backup, _session.Text, StringComparison.Ordinal);

        _session.Run("Import-ProvisioningSchema $backup -Confirm:$false", ("backup", backup)).ThrowIfFailed();
        Assert.Empty(CustomAttributes());
    }

    [Fact]
    public void A_backup_goes_where_it_is_wanted_and_overwrites_nothing()
    {
        Directory.CreateDirectory(_directory.Combine("kept"));
        PSObject[] first = Objects("Set-ProvisioningSchemaExtension -Name A -Urn $urn -BackupPath kept");
        Assert.Equal(_directory.Combine("kept"), Path.GetDirectoryName((string)first[0].Properties["BackupPath"].Value));
        File.WriteAllText(_directory.Combine("mine.json"), "mine");

        PowerShellResult second = _session.Run("Set-ProvisioningSchemaExtension -Name B -Urn $urn -BackupPath mine.json");

        Assert.Equal("BackupExists", Id(second.Failure!));
        Assert.Equal("mine", File.ReadAllText(_directory.Combine("mine.json")));
        Assert.Equal([_urn + ":A"], CustomAttributes());
    }

    [Fact]
    public void What_is_there_is_reported_and_left_alone_without_a_backup()
    {
        Objects("Set-ProvisioningSchemaExtension -Name HireDate -Urn $urn -Type DateTime -BackupPath first.json");

        PSObject[] results = Objects("Set-ProvisioningSchemaExtension -Name HireDate -Urn $urn");

        Assert.Equal([("HireDate", "DateTime", "Existing")], results.Select(Shown));
        Assert.Null(results[0].Properties["BackupPath"].Value);
        Assert.Equal([_directory.Combine("first.json")], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void Another_type_needs_force_and_does_not_stop_the_others()
    {
        Objects("Set-ProvisioningSchemaExtension -Name Level -Urn $urn");

        PowerShellResult refused = _session.Run("Set-ProvisioningSchemaExtension -Name Level, Grade -Urn $urn -Type Integer");

        Assert.Equal(["AttributeDiffers"], refused.Errors.Select(Id));
        Assert.Equal([("Grade", "Integer", "Added")], refused.Output.Select(Shown));
        PSObject changed = Assert.Single(Objects("Set-ProvisioningSchemaExtension -Name Level -Urn $urn -Type Integer -Force"));
        Assert.Equal(("Level", "Integer", "Changed"), Shown(changed));
        Assert.Equal("String", changed.Properties["PreviousType"].Value);
    }

    [Fact]
    public void Types_are_inferred_from_every_value_and_what_was_seen_is_said()
    {
        File.WriteAllText(
            _directory.Combine("workers.csv"),
            "Hired;Active;Level;Code;Note;Mixed\n2026-01-02;true;5;007;;1\n2026-01-02T08:00:00+01:00;FALSE;-12;1;;x\n;;;2;;\n");

        PowerShellResult result = _session.Run("Set-ProvisioningSchemaExtension workers.csv $urn -InferType -Delimiter ';' -Encoding utf8 -Verbose");

        result.ThrowIfFailed();
        Assert.Equal(
            [
                ("DateTime", "DateTime in 2 of 3 values, 1 empty"),
                ("Boolean", "Boolean in 2 of 3 values, 1 empty"),
                ("Integer", "Integer in 2 of 3 values, 1 empty"),
                ("String", "String in 3 of 3 values (2 look like Integer)"),
                ("String", "no values in 3 rows"),
                ("String", "String in 2 of 3 values, 1 empty (1 look like Integer)"),
            ],
            result.Output.Select(item => ((string)item.Properties["Type"].Value, (string)item.Properties["Seen"].Value)));
        Assert.Contains("Level: Integer in 2 of 3 values, 1 empty.", result.Verbose);
    }

    [Fact]
    public void Objects_bring_type_and_flags_and_names_come_from_the_pipeline_too()
    {
        PSObject[] results = Objects(
            """
            [pscustomobject]@{ Name = 'HireDate'; Type = 'datetime'; MultiValued = 'false'; FlowNullValues = $true },
            @{ Name = 'Skills'; MultiValued = $true },
            'Plain' | Set-ProvisioningSchemaExtension -ScimSchemaNamespace $urn -Type Integer
            """);

        Assert.Equal([("HireDate", "DateTime", "Added"), ("Skills", "Integer", "Added"), ("Plain", "Integer", "Added")], results.Select(Shown));
        Assert.Equal([false, true, false], results.Select(item => (bool)item.Properties["MultiValued"].Value));
        Assert.Equal([true, false, false], results.Select(item => (bool)item.Properties["FlowNullValues"].Value));
    }

    [Fact]
    public void The_switches_hold_for_all_names()
    {
        PSObject[] results = Objects("Set-ProvisioningSchemaExtension -Name A, B -Urn $urn -MultiValued -FlowNullValues");

        Assert.All(results, item => Assert.True((bool)item.Properties["MultiValued"].Value && (bool)item.Properties["FlowNullValues"].Value));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Typ = 'x' }", "InvalidInputObject")]
    [InlineData("[pscustomobject]@{ Name = 'A'; Type = 'Date' }", "InvalidAttributeType")]
    [InlineData("[pscustomobject]@{ Name = 'A'; MultiValued = 'maybe' }", "InvalidInputObject")]
    [InlineData("'Hire Date'", "InvalidAttributeName")]
    public void A_wrong_object_is_an_error_of_its_own_and_the_others_go_on(string item, string errorId)
    {
        PowerShellResult result = _session.Run($"{item}, 'Good' | Set-ProvisioningSchemaExtension -Urn $urn");

        Assert.Equal([errorId], result.Errors.Select(Id));
        Assert.Equal([("Good", "String", "Added")], result.Output.Select(Shown));
    }

    [Fact]
    public void Column_chooses_among_the_columns_of_a_literal_path()
    {
        File.WriteAllText(_directory.Combine("work[1].csv"), "A,B,C\n1,2,3\n");

        Assert.Equal([("C", "Integer", "Added"), ("A", "Integer", "Added")], Objects("Set-ProvisioningSchemaExtension -LiteralPath 'work[1].csv' -Urn $urn -Column c, A -InferType").Select(Shown));
        Assert.Equal("ColumnNotFound", Id(_session.Run("Set-ProvisioningSchemaExtension -LiteralPath 'work[1].csv' -Urn $urn -Column D").Failure!));
    }

    [Fact]
    public void A_target_attribute_adds_a_direct_mapping_to_the_inbound_rule()
    {
        PSObject result = Assert.Single(Objects("Set-ProvisioningSchemaExtension -Name HireDate -Type DateTime -Urn $urn -TargetAttribute @{ HireDate = 'employeeHireDate' } -RuleName USER_INBOUND_USER"));

        Assert.Equal(("employeeHireDate", "Added"), (result.Properties["TargetAttribute"].Value, result.Properties["MappingStatus"].Value.ToString()));
        using JsonDocument schema = JsonDocument.Parse(Export());
        JsonElement mapping = schema.RootElement.GetProperty("synchronizationRules")[0].GetProperty("objectMappings")[0].GetProperty("attributeMappings")
            .EnumerateArray().Single(item => item.GetProperty("targetAttributeName").GetString() == "employeeHireDate");
        Assert.Equal($"[{_urn}:HireDate]", mapping.GetProperty("source").GetProperty("expression").GetString());
        Assert.Equal("Attribute", mapping.GetProperty("source").GetProperty("type").GetString());
        Assert.Contains("TargetAttributeUnknown", _session.Run("Set-ProvisioningSchemaExtension -Name X -Urn $urn -TargetAttribute @{ X = 'employeeHiredDate' }").Errors.Select(Id));
        Assert.Equal("InvalidTargetAttribute", Id(_session.Run("Set-ProvisioningSchemaExtension -Name X -Urn $urn -TargetAttribute @{ X = 1 }").Failure!));
        Assert.Equal("InboundRuleNotFound", Id(_session.Run("Set-ProvisioningSchemaExtension -Name X -Urn $urn -RuleName Other").Failure!));
    }

    [Fact]
    public void WhatIf_shows_the_difference_and_changes_nothing()
    {
        string before = Export();

        PowerShellResult result = _session.Run("Set-ProvisioningSchemaExtension -Name HireDate -Urn $urn -TargetAttribute @{ HireDate = 'extensionAttribute2' } -WhatIf");

        result.ThrowIfFailed();
        Assert.Empty(result.Output);
        Assert.Contains("What if: Change the schema of job '" + _session.Address.JobId, _session.Text, StringComparison.Ordinal);
        Assert.Contains($"+ directories[API].objects[User].attributes[{_urn}:HireDate]: an attribute of type String", _session.Text, StringComparison.Ordinal);
        Assert.Contains($"attributeMappings[extensionAttribute2]: a mapping: extensionAttribute2 from [{_urn}:HireDate]", _session.Text, StringComparison.Ordinal);
        Assert.Equal(before, Export());
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void A_question_shows_the_difference_and_no_changes_nothing()
    {
        string before = Export();
        _session.Session.Host.Recorded.Answers.Enqueue("No");

        PowerShellResult result = _session.Run("Set-ProvisioningSchemaExtension -Name HireDate -Urn $urn -Confirm");

        result.ThrowIfFailed();
        Assert.Contains(_urn + ":HireDate", Assert.Single(_session.Session.Host.Recorded.Questions), StringComparison.Ordinal);
        Assert.Equal(before, Export());
    }

    [Fact]
    public void A_urn_that_is_none_stops_before_any_call()
    {
        using EmulatedSession unconnected = _service.OpenSession();

        Assert.Equal("InvalidSchemaUrn", Id(unconnected.Run("Set-ProvisioningSchemaExtension -Name A -Urn contoso").Failure!));
    }

    [Fact]
    public void An_app_id_and_a_wrong_job_are_told_apart()
    {
        Assert.NotEmpty(_session.Run("Export-ProvisioningSchema -ServicePrincipalId $emulator.AppId -JobId $emulator.JobId").ThrowIfFailed().Text[0]);
        Assert.Equal("NotFound", Id(_session.Run("Export-ProvisioningSchema -ServicePrincipalId $emulator.ServicePrincipalId -JobId none").Failure!));
    }

    [Fact]
    public void An_export_is_the_answer_of_the_service_to_the_byte_and_overwrites_only_by_force()
    {
        string text = Export();
        PowerShellResult result = _session.Run("Export-ProvisioningSchema -OutputPath schema.json");

        result.ThrowIfFailed();
        Assert.Equal(_directory.Combine("schema.json"), Assert.Single(result.OutputOf<FileInfo>()).FullName);
        Assert.Equal(text, File.ReadAllText(_directory.Combine("schema.json")));
        Assert.Contains("\"@odata.context\"", text, StringComparison.Ordinal);
        Assert.Equal("FileExists", Id(_session.Run("Export-ProvisioningSchema schema.json").Failure!));
        _session.Run("Export-ProvisioningSchema schema.json -As Markdown -Force").ThrowIfFailed();
        Assert.StartsWith("# Attribute mappings of a provisioning job", File.ReadAllText(_directory.Combine("schema.json")), StringComparison.Ordinal);
        _session.Run("Export-ProvisioningSchema other.json -WhatIf").ThrowIfFailed();
        Assert.False(File.Exists(_directory.Combine("other.json")));
        Assert.Equal("PathNotFound", Id(_session.Run("Export-ProvisioningSchema none/schema.json").Failure!));
    }

    [Fact]
    public void The_document_for_auditors_names_job_rule_scope_matching_mappings_and_custom_attributes()
    {
        Objects("Set-ProvisioningSchemaExtension -Name HireDate -Type DateTime -FlowNullValues -Urn $urn -TargetAttribute @{ HireDate = 'extensionAttribute1' }");

        string document = Assert.Single(_session.Run("Export-ProvisioningSchema -As Markdown").ThrowIfFailed().Text);

        Assert.Contains($"| Job | `{_session.Address.JobId}` |", document, StringComparison.Ordinal);
        Assert.Contains(@"## Rule USER\_INBOUND\_USER: API to Azure Active Directory", document, StringComparison.Ordinal);
        Assert.Contains("No filter: every record is in scope.", document, StringComparison.Ordinal);
        Assert.Contains("| 1 | `employeeId` | `[externalId]` |", document, StringComparison.Ordinal);
        Assert.Contains("| `accountEnabled` | `Switch([active], \"False\", \"True\", \"True\")` | Expression | Always | When changed |  | No |", document, StringComparison.Ordinal);
        Assert.Contains("| Only when the object is created |", document, StringComparison.Ordinal);
        Assert.Contains($"| `extensionAttribute1` | `[{_urn}:HireDate]` | Direct | Always | When changed |  | Yes |", document, StringComparison.Ordinal);
        Assert.Contains($"| `{_urn}:HireDate` | DateTime | No | Yes | `extensionAttribute1` |", document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_schema_of_one_app_goes_onto_another_with_the_ids_of_the_other()
    {
        Objects("Set-ProvisioningSchemaExtension -Name HireDate -Type DateTime -Urn $urn -TargetAttribute @{ HireDate = 'extensionAttribute3' } -BackupPath first.json");
        _session.Run("Export-ProvisioningSchema app.json").ThrowIfFailed();
        await using EmulatedService other = await AdministeredService.StartAsync();
        using EmulatedSession session = other.OpenSession().Connect();
        string before = Assert.Single(session.Run("Export-ProvisioningSchema").ThrowIfFailed().Text);
        session.Session.Host.Recorded.Answers.Enqueue("Yes");

        PowerShellResult result = session.Run("Import-ProvisioningSchema $file -BackupPath $backup -Verbose", ("file", _directory.Combine("app.json")), ("backup", _directory.Combine("second.json")));

        result.ThrowIfFailed();
        Assert.Contains($"+ directories[API].objects[User].attributes[{_urn}:HireDate]", Assert.Single(session.Session.Host.Recorded.Questions), StringComparison.Ordinal);
        PSObject imported = Assert.Single(result.Output);
        Assert.Equal("Changed", imported.Properties["Status"].Value.ToString());
        Assert.Contains(
            (IReadOnlyList<string>)imported.Properties["Differences"].Value,
            line => line.StartsWith("+ ", StringComparison.Ordinal) && line.Contains("attributeMappings[extensionAttribute3]", StringComparison.Ordinal));
        Assert.Equal(before, File.ReadAllText(_directory.Combine("second.json")));
        using JsonDocument old = JsonDocument.Parse(before);
        using JsonDocument now = JsonDocument.Parse(Assert.Single(session.Run("Export-ProvisioningSchema").ThrowIfFailed().Text));
        Assert.Equal(Ids(old.RootElement), Ids(now.RootElement));
        using JsonDocument from = JsonDocument.Parse(File.ReadAllText(_directory.Combine("app.json")));
        Assert.NotEqual(Ids(from.RootElement), Ids(now.RootElement));

        PSObject again = Assert.Single(session.Run("Import-ProvisioningSchema $file -Confirm:$false").ThrowIfFailed().Output);
        Assert.Equal("Existing", again.Properties["Status"].Value.ToString());
    }

    [Fact]
    public void What_is_no_schema_or_that_of_another_template_is_not_imported()
    {
        string before = Export();
        File.WriteAllText(_directory.Combine("text.json"), "no JSON");
        File.WriteAllText(_directory.Combine("other.json"), """{"directories":[],"synchronizationRules":[{"sourceDirectoryName":"Workday","targetDirectoryName":"AD"}]}""");
        File.WriteAllText(_directory.Combine("object.json"), "{}");
        _session.Run("Export-ProvisioningSchema same.json").ThrowIfFailed();

        Assert.Equal("InvalidSchemaFile", Id(_session.Run("Import-ProvisioningSchema text.json -Confirm:$false").Failure!));
        Assert.Equal("InvalidSchemaFile", Id(_session.Run("Import-ProvisioningSchema object.json -Confirm:$false").Failure!));
        Assert.Equal("SchemaOfOtherTemplate", Id(_session.Run("Import-ProvisioningSchema other.json -Confirm:$false").Failure!));
        Assert.Equal("PathNotFound", Id(_session.Run("Import-ProvisioningSchema none.json -Confirm:$false").Failure!));
        _session.Run("Import-ProvisioningSchema same.json -WhatIf").ThrowIfFailed();
        Assert.Equal(before, Export());
    }

    [Fact]
    public async Task Without_the_permission_to_write_nothing_changes_and_the_error_names_it()
    {
        await using EmulatedService reader = await EmulatedService.StartAsync(new EmulatorOptions { Limits = LimitMode.Off, Roles = ["Synchronization.Read.All"] });
        using EmulatedSession session = reader.OpenSession().Connect();

        PowerShellResult result = session.Run("Set-ProvisioningSchemaExtension -Name A -Urn $urn -BackupPath $backup", ("urn", _urn), ("backup", _directory.Combine("b.json")));

        Assert.Equal("PermissionMissing", Id(result.Failure!));
        Assert.Contains("Synchronization.ReadWrite.All", result.Failure!.Exception.Message, StringComparison.Ordinal);
    }

    private static string[] Ids(JsonElement schema) =>
    [
        schema.TryGetProperty("id", out JsonElement id) ? id.GetString()! : string.Empty,
        .. schema.GetProperty("directories").EnumerateArray().Select(item => item.GetProperty("id").GetString()!),
        .. schema.GetProperty("synchronizationRules").EnumerateArray().Select(item => item.GetProperty("id").GetString()!),
    ];

    private static (string Attribute, string Type, string Status) Shown(PSObject item) =>
        ((string)item.Properties["Attribute"].Value, (string)item.Properties["Type"].Value, item.Properties["Status"].Value.ToString()!);

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private PSObject[] Objects(string script) => [.. _session.Run(script).ThrowIfFailed().Output];

    private string Export() => Assert.Single(_session.Run("Export-ProvisioningSchema").ThrowIfFailed().Text);

    private string[] CustomAttributes()
    {
        using JsonDocument schema = JsonDocument.Parse(Export());
        return
        [
            .. schema.RootElement.GetProperty("directories").EnumerateArray().Single(item => item.GetProperty("name").GetString() == "API")
                .GetProperty("objects")[0].GetProperty("attributes").EnumerateArray()
                .Select(item => item.GetProperty("name").GetString()!).Where(name => name.StartsWith(_urn, StringComparison.Ordinal)),
        ];
    }
}
