using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Core.Tests.Graph;
using InboundProvisioning.Core.Tests.Support;
using InboundProvisioning.Core.Tests.Timing;
using InboundProvisioning.Graph;
using InboundProvisioning.Http;
using InboundProvisioning.Jobs;
using InboundProvisioning.Schema;
using Xunit;

namespace InboundProvisioning.Core.Tests.Schema;

public sealed class SchemaChangeTests : IDisposable
{
    private static readonly SchemaExtension HireDate = new(Schemas.Urn, [new("HireDate") { Type = SchemaAttributeType.DateTime }]);

    private readonly FakeService _service = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly Answers _answers = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_change_that_is_wanted_is_kept_first_sent_and_looked_at()
    {
        ProvisioningSchema before = Schemas.Parse(Schemas.Small);
        _service.Answer(200, Schemas.Small).Answer(200, Schemas.Small).Answer(204).Answer(200, HireDate.Plan(before).Schema.ToString());

        IReadOnlyList<SchemaExtensionResult>? results = await Change().ExtendAsync(HireDate, CancellationToken.None);

        Assert.Equal(["GET", "GET", "PUT", "GET"], _service.Sent.Select(sent => sent.Method));
        SchemaExtensionResult result = Assert.Single(results!);
        Assert.Equal(("job", Assert.Single(_answers.Backups)), (result.JobId, result.BackupPath));
        Assert.Equal(Schemas.Small, File.ReadAllText(result.BackupPath!));
        Assert.StartsWith("+ directories[API].objects[User].attributes[", Assert.Single(_answers.Asked!), StringComparison.Ordinal);
        Assert.Empty(_answers.Warnings);
    }

    [Fact]
    public async Task A_change_that_is_not_wanted_writes_nothing_anywhere()
    {
        _service.Answer(200, Schemas.Small);
        _answers.Yes = false;

        Assert.Null(await Change().ExtendAsync(HireDate, CancellationToken.None));

        Assert.Single(_service.Sent);
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public async Task An_attribute_that_the_service_does_not_show_afterwards_is_a_warning()
    {
        _service.Answer(200, Schemas.Small).Answer(200, Schemas.Small).Answer(204).Answer(200, Schemas.Small);

        Assert.Single((await Change().ExtendAsync(HireDate, CancellationToken.None))!);

        Assert.Contains(Schemas.Urn + ":HireDate", Assert.Single(_answers.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_another_program_wrote_of_the_same_schema_changes_nothing()
    {
        _service.Answer(200, Schemas.Small);

        SchemaImportResult? result = await Change().ImportAsync(
            "schema.json", Schemas.Parse(Schemas.Small.Replace("Add, Update, Delete", "Add,Update,Delete", StringComparison.Ordinal)), CancellationToken.None);

        Assert.Equal(SchemaChangeStatus.Existing, result!.Status);
        Assert.Empty(result.Differences);
        Assert.Equal(["GET"], _service.Sent.Select(sent => sent.Method));
        Assert.Null(_answers.Asked);
    }

    private SchemaChange Change()
    {
        var clock = new ManualTimeProvider();
        var graph = new GraphClient(ServiceEndpoints.Create(CloudEnvironment.Global, null, null), new FakeTokens(), _service, new RetrySettings(), clock);
        return new(new ProvisioningSchemaClient(graph, null), new ProvisioningJobAddress("sp", "job"), _directory.Path, _answers, clock);
    }

    private sealed class Answers : ISchemaChangeObserver
    {
        public bool Yes { get; set; } = true;

        public IReadOnlyList<string>? Asked { get; private set; }

        public List<string> Backups { get; } = [];

        public List<string> Warnings { get; } = [];

        public Task<bool> ConfirmAsync(IReadOnlyList<string> differences)
        {
            Asked = differences;
            return Task.FromResult(Yes);
        }

        public Task OnBackupAsync(string path)
        {
            Backups.Add(path);
            return Task.CompletedTask;
        }

        public void OnFault(InboundProvisioningException fault) => throw fault;

        public void OnWarning(string text) => Warnings.Add(text);

        public void OnDetail(string text)
        {
        }
    }
}
