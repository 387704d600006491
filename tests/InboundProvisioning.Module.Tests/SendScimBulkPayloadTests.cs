using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Emulator;
using InboundProvisioning.Module.Tests.Hosting;

namespace InboundProvisioning.Module.Tests;

public sealed class SendScimBulkPayloadTests(EmulatedService emulator) : IClassFixture<EmulatedService>, IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly EmulatedSession _service = emulator.OpenSession().Connect();

    public void Dispose()
    {
        _service.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Strings_are_sent_and_each_request_gives_an_object()
    {
        PowerShellResult result = _service.Run("$payload | Send-ScimBulkPayload", ("payload", new[] { Payload.Of("a", "b"), Payload.Of("c") })).ThrowIfFailed();

        Assert.Equal([1, 2], Values<int>(result, "Index"));
        Assert.Equal([2, 1], Values<int>(result, "OperationCount"));
        Assert.Equal([202, 202], Values<int>(result, "Status"));
        Assert.Equal(["202 Accepted", "202 Accepted"], Values<string>(result, "StatusText"));
        Assert.Equal([1, 1], Values<int>(result, "Attempts"));
        Assert.Equal([1, 2], Values<int>(result, "Document"));
        Assert.Equal(["InputObject", "InputObject"], Values<string>(result, "Source"));
        Assert.Equal(["a", "b"], Values<IReadOnlyList<string>>(result, "ExternalIds")[0]);
        Assert.All(Values<string>(result, "RequestId").Concat(Values<string>(result, "ClientRequestId")), id => Assert.True(Guid.TryParse(id, out _)));
        Assert.All(Values<Uri>(result, "Location"), location => Assert.Contains("auditLogs/provisioning", location.AbsoluteUri, StringComparison.Ordinal));
        Assert.All(Values<TimeSpan>(result, "Duration"), duration => Assert.True(duration > TimeSpan.Zero));
        Assert.Equal(["a", "b", "c"], _service.Staged.Order());
    }

    [Fact]
    public void The_lines_of_a_file_are_put_together()
    {
        string[] lines = Payload.Of("a", "b").Replace(",", ",\n", StringComparison.Ordinal).Split('\n');

        Assert.Single(_service.Run("$lines | Send-ScimBulkPayload", ("lines", lines)).ThrowIfFailed().Output);
        Assert.Equal(["a", "b"], _service.Staged);
    }

    [Fact]
    public void Results_come_in_the_order_of_the_requests()
    {
        string[] people = [.. Enumerable.Range(0, 30).Select(i => $"p{i:00}")];

        PowerShellResult result = _service.Run("$payload | Send-ScimBulkPayload -ThrottleLimit 8", ("payload", Payload.Each(people))).ThrowIfFailed();

        Assert.Equal(Enumerable.Range(1, 30), Values<int>(result, "Index"));
        Assert.Equal(people, _service.Staged.Order());
    }

    [Theory]
    [InlineData("Send-ScimBulkPayload -Path $folder/*.json")]
    [InlineData("Send-ScimBulkPayload $folder/1.json, $folder/2.json")]
    [InlineData("Send-ScimBulkPayload -LiteralPath $folder/1.json, $folder/2.json")]
    [InlineData("[System.IO.FileInfo]::new(\"$folder/1.json\"), [System.IO.FileInfo]::new(\"$folder/2.json\") | Send-ScimBulkPayload")]
    [InlineData("[pscustomobject]@{ PSPath = \"$folder/1.json\" }, [pscustomobject]@{ LiteralPath = \"$folder/2.json\" } | Send-ScimBulkPayload")]
    public void Files_are_sent(string script)
    {
        _folder.Write("1.json", Payload.Of("a"));
        _folder.Write("2.json", Payload.Of("b"));
        _folder.Write("3.txt", "not a payload");

        PowerShellResult result = _service.Run(script, ("folder", _folder.Path)).ThrowIfFailed();

        Assert.Equal([_folder.Combine("1.json"), _folder.Combine("2.json")], Values<string>(result, "Source"));
        Assert.Equal(["a", "b"], _service.Staged.Order());
    }

    [Fact]
    public void A_literal_path_may_hold_brackets()
    {
        string path = _folder.Write("day [1].json", Payload.Of("a"));

        _service.Run("Send-ScimBulkPayload -LiteralPath $path", ("path", path)).ThrowIfFailed();

        Assert.Equal(["a"], _service.Staged);
    }

    [Fact]
    public void A_file_with_several_documents_in_UTF_16_is_understood()
    {
        string path = _folder.Write("all.json", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Payload.Of("a") + "\r\n" + Payload.Of("b"))]);

        PowerShellResult result = _service.Run("Send-ScimBulkPayload $path", ("path", path)).ThrowIfFailed();

        Assert.Equal([1, 2], Values<int>(result, "Document"));
        Assert.Equal(["a", "b"], _service.Staged.Order());
    }

    [Theory]
    [InlineData("Send-ScimBulkPayload $folder/none.json, $good", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-ScimBulkPayload $folder/*.none, $good", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-ScimBulkPayload -LiteralPath $folder/none.json, $good", "PathNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-ScimBulkPayload -LiteralPath $folder, $good", "NotAFile", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-ScimBulkPayload Variable:folder, $good", "NotAFile", ErrorCategory.InvalidArgument)]
    [InlineData("Send-ScimBulkPayload -LiteralPath Env:/x.json, $good", "NotAFile", ErrorCategory.InvalidArgument)]
    [InlineData("Send-ScimBulkPayload Nowhere:/x, $good", "PathInvalid", ErrorCategory.ObjectNotFound)]
    [InlineData("Send-ScimBulkPayload $text, $good", "PathIsPayload", ErrorCategory.ObjectNotFound)]
    [InlineData("$folder, 'hello', $text | Send-ScimBulkPayload", "PayloadNotJson", ErrorCategory.InvalidData)]
    [InlineData("$good, $text | Send-ScimBulkPayload", "PayloadNotJson", ErrorCategory.InvalidData)]
    [InlineData("'{\"x\":1}', $text | Send-ScimBulkPayload", "PayloadInvalid", ErrorCategory.InvalidData)]
    [InlineData("$text, '{\"schemas\":[' | Send-ScimBulkPayload", "PayloadIncomplete", ErrorCategory.InvalidData)]
    public void What_cannot_be_sent_is_an_error_and_the_rest_goes_on(string script, string errorId, ErrorCategory category)
    {
        string good = _folder.Write("good/good.json", Payload.Of("a"));

        PowerShellResult result = _service.Run(script, ("folder", _folder.Path), ("good", good), ("text", Payload.Of("a")));

        Assert.Null(result.Failure);
        Assert.NotEmpty(result.Errors);
        Assert.All(result.Errors, error => Assert.Equal((errorId, category), (Id(error), error.CategoryInfo.Category)));
        Assert.Equal(["a"], _service.Staged);
    }

    [Fact]
    public void A_path_in_the_pipeline_gets_the_parameter_proposed()
    {
        string path = _folder.Write("payload.json", Payload.Of("a"));

        ErrorRecord error = Assert.Single(_service.Run("$path | Send-ScimBulkPayload", ("path", path)).Errors);

        Assert.Contains($"-Path '{path}'", error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refused_request_names_its_batch_and_its_people_and_the_rest_goes_on()
    {
        string[] people = [.. Enumerable.Range(1, 12).Select(i => $"bad{i}")];

        PowerShellResult result = _service.Run(
            "$payload | Send-ScimBulkPayload", ("payload", new[] { Payload.Of("a"), Payload.Refused(people), Payload.Of("b") }));

        Assert.Null(result.Failure);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(("RequestRefused", ErrorCategory.InvalidOperation), (Id(error), error.CategoryInfo.Category));
        Assert.Contains("request 2 (InputObject#2, 12 operations)", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("bad10 and 2 more", error.Exception.Message, StringComparison.Ordinal);
        var target = PSObject.AsPSObject(error.TargetObject);
        Assert.Equal(400, target.Properties["Status"].Value);
        Assert.Equal(people, target.Properties["ExternalIds"].Value);
        Assert.Equal([1, 3], Values<int>(result, "Index"));
        Assert.Equal(["a", "b"], _service.Staged.Order());
    }

    [Fact]
    public void Records_at_fault_are_alone_in_their_errors_and_the_others_of_the_request_are_delivered()
    {
        string path = _folder.Write("day.json", Payload.Mixed("a", "b", "bad1", "c", "d", "e", "bad2", "f"));

        PowerShellResult result = _service.Run("Send-ScimBulkPayload $path, $other", ("path", path), ("other", _folder.Write("other.json", Payload.Of("g"))));

        Assert.Null(result.Failure);
        Assert.Equal(["RequestRefused", "RequestRefused"], result.Errors.Select(Id));
        Assert.Contains("request 1 (day.json operation 3)", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("ExternalId: bad1, bulkId: bad1.", result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains("ExternalId: bad2, bulkId: bad2.", result.Errors[1].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(7, PSObject.AsPSObject(result.Errors[1].TargetObject).Properties["FirstOperation"].Value);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], Values<IReadOnlyList<string>>(result, "ExternalIds").SelectMany(ids => ids));
        Assert.All(result.Output.SkipLast(1), part => Assert.Equal((1, path, true), ((int)part.Properties["Index"].Value, (string)part.Properties["Source"].Value, (bool)part.Properties["IsPart"].Value)));
        Assert.Equal(2, Values<int>(result, "Index")[^1]);
        Assert.Equal(["a", "b", "c", "d", "e", "f", "g"], _service.Staged.Order());
    }

    [Fact]
    public void With_ErrorAction_Stop_a_record_at_fault_ends_the_run_when_the_others_of_its_request_are_delivered()
    {
        PowerShellResult result = _service.Run(
            "$payload | Send-ScimBulkPayload -ErrorAction Stop", ("payload", new[] { Payload.Mixed("a", "bad", "b", "c") }));

        Assert.Equal("RequestRefused", Id(result.Failure!));
        Assert.Contains("ExternalId: bad, bulkId: bad.", result.Failure!.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["a", "b", "c"], Values<IReadOnlyList<string>>(result, "ExternalIds").SelectMany(ids => ids));
        Assert.Empty(Unsent(result.Failure));
    }

    [Fact]
    public void Requests_of_which_nothing_is_taken_end_the_run()
    {
        string[] payload = [.. Enumerable.Range(1, 12).Select(i => Payload.Refused($"bad{i}a", $"bad{i}b"))];

        PowerShellResult result = _service.Run("Send-ScimBulkPayload -InputObject $payload -ThrottleLimit 1", ("payload", payload));

        Assert.Equal(("RequestRefused", 2), (Id(result.Failure!), result.Errors.Count));
        Assert.Equal(10, Unsent(result.Failure!).Length);
        Assert.Equal(9, _service.Calls);
    }

    [Fact]
    public void The_view_tells_parts_apart()
    {
        string path = _folder.Write("day.json", Payload.Mixed("a", "b", "bad", "c"));

        _service.Run("Send-ScimBulkPayload $path -ErrorAction SilentlyContinue | Out-Default", ("path", path)).ThrowIfFailed();

        Assert.Contains("day.json 1-2", _service.Text, StringComparison.Ordinal);
        Assert.Contains("day.json 4-4", _service.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Send-ScimBulkPayload -ThrottleLimit 1 -Path $files -ErrorAction Stop")]
    [InlineData("$ErrorActionPreference = 'Stop'; Send-ScimBulkPayload -ThrottleLimit 1 -Path $files")]
    public void With_ErrorAction_Stop_the_accepted_is_emitted_and_the_unsent_is_named(string script)
    {
        string[] files =
        [
            _folder.Write("1.json", Payload.Of("a")),
            _folder.Write("2.json", Payload.Refused("bad")),
            .. Enumerable.Range(3, 70).Select(i => _folder.Write($"{i}.json", Payload.Of($"p{i}"))),
        ];

        PowerShellResult result = _service.Run(script, ("files", files));

        ErrorRecord failure = result.Failure!;
        Assert.Equal("RequestRefused", Id(failure));
        Assert.Contains("request 2 (2.json, 1 operation)", failure.Exception.Message, StringComparison.Ordinal);
        string[] accepted = Values<string>(result, "Source");
        string[] unsent = Unsent(failure);
        Assert.Equal(_service.Staged.Length, accepted.Length);
        Assert.Contains(files[0], accepted);
        Assert.NotEmpty(unsent);
        Assert.Equal(files.Where(file => file != files[1]), accepted.Concat(unsent));
        Assert.Contains(Path.GetFileName(unsent[0]), failure.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_that_every_request_would_meet_is_one_error_that_names_what_was_not_sent()
    {
        PowerShellResult result = _service.Run(
            "Send-ScimBulkPayload -InputObject $payload -ServicePrincipalId $emulator.ServicePrincipalId -JobId none",
            ("payload", Payload.Each([.. Enumerable.Range(1, 60).Select(i => $"p{i}")])));

        ErrorRecord failure = result.Failure!;
        Assert.Equal("NotFound", Id(failure));
        Assert.Contains("job 'none'", failure.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Errors);
        Assert.Equal(60, Unsent(failure).Length);
        Assert.InRange(_service.Calls, 1, 8);
    }

    [Fact]
    public void A_fault_that_ends_the_run_says_that_more_was_to_come_from_the_pipeline()
    {
        PowerShellResult result = _service.Run(
            "$payload | Send-ScimBulkPayload -JobId none -ThrottleLimit 1",
            ("payload", Payload.Each([.. Enumerable.Range(1, 500).Select(i => $"p{i}")])));

        Assert.Contains("still to come from the pipeline", result.Failure!.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_both_ids_given_the_upload_permission_alone_is_enough()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Roles = ["SynchronizationData-User.Upload"] });
        using EmulatedSession service = own.OpenSession();

        service.Run("$payload | Send-ScimBulkPayload @secretSignIn @job", ("payload", Payload.Of("a"))).ThrowIfFailed();

        Assert.Equal(["a"], service.Staged);
    }

    [Fact]
    public async Task A_missing_permission_is_named()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Roles = ["Application.Read.All"] });
        using EmulatedSession service = own.OpenSession();

        PowerShellResult result = service.Run("$payload | Send-ScimBulkPayload @secretSignIn @job", ("payload", Payload.Of("a")));

        Assert.Equal(("PermissionMissing", ErrorCategory.PermissionDenied), (Id(result.Failure!), result.Failure!.CategoryInfo.Category));
        Assert.Contains("SynchronizationData-User.Upload", result.Failure.Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-ServicePrincipalId $emulator.AppId -JobId $emulator.JobId")]
    [InlineData("-ServicePrincipalId $emulator.AppId")]
    [InlineData("-ServicePrincipalId $emulator.ServicePrincipalId")]
    [InlineData("-ProvisioningEndpoint \"$($emulator.Graph)/v1.0/servicePrincipals/$($emulator.ServicePrincipalId)/synchronization/jobs/$($emulator.JobId)/bulkUpload\"")]
    [InlineData("-JobId $emulator.JobId")]
    public void The_job_is_found_by_what_is_known_of_it(string parameters)
    {
        _service.Run($"$payload | Send-ScimBulkPayload {parameters}", ("payload", Payload.Of("a"))).ThrowIfFailed();

        Assert.Equal(["a"], _service.Staged);
    }

    [Theory]
    [InlineData("@secretSignIn @job")]
    [InlineData("@private @job -TenantId $emulator.TenantId -ClientId $emulator.ClientId -CertificatePath $emulator.CertificatePath -CertificatePassword $certificatePassword")]
    public void The_credential_may_be_given_here(string parameters)
    {
        _service.Run($"Disconnect-InboundProvisioning; $payload | Send-ScimBulkPayload {parameters}", ("payload", Payload.Of("a"))).ThrowIfFailed();

        Assert.Equal(["a"], _service.Staged);
    }

    [Theory]
    [InlineData("@secretSignIn", "TargetMissing", ErrorCategory.InvalidArgument)]
    [InlineData("@secretSignIn @job -CertificateThumbprint 00", "CredentialConflict", ErrorCategory.InvalidArgument)]
    [InlineData("@secretSignIn @job -CertificatePassword $certificatePassword", "CredentialConflict", ErrorCategory.InvalidArgument)]
    [InlineData("-ClientSecret $clientSecret -ClientId x @private @job", "TenantIdMissing", ErrorCategory.InvalidArgument)]
    [InlineData("-ClientSecret $clientSecret -TenantId x @private @job", "ClientIdMissing", ErrorCategory.InvalidArgument)]
    [InlineData("-TenantId x", "CredentialMissing", ErrorCategory.InvalidArgument)]
    [InlineData("-Environment China", "CredentialMissing", ErrorCategory.InvalidArgument)]
    [InlineData("-ServicePrincipalId x", "ServicePrincipalIdInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("-ProvisioningEndpoint https://evil.example/beta/servicePrincipals/x/synchronization/jobs/y/bulkUpload", "ProvisioningEndpointHost", ErrorCategory.InvalidArgument)]
    public void Parameters_that_cannot_work_stop_at_once(string parameters, string errorId, ErrorCategory category)
    {
        PowerShellResult result = _service.Run($"$payload | Send-ScimBulkPayload {parameters}", ("payload", Payload.Of("a")));

        Assert.Equal((errorId, category), (Id(result.Failure!), result.Failure!.CategoryInfo.Category));
        Assert.Equal(0, _service.Calls);
    }

    [Theory]
    [InlineData("-ThrottleLimit 0")]
    [InlineData("-ThrottleLimit 17")]
    [InlineData("-CallLimit 0")]
    [InlineData("-CallLimitSeconds 0")]
    [InlineData("-DailyCallLimit 0")]
    [InlineData("-MaximumRetryCount -1")]
    [InlineData("-TimeoutSec 0")]
    [InlineData("-Path ''")]
    public void Figures_out_of_range_do_not_bind(string parameters) => Assert.StartsWith(
        "ParameterArgumentValidationError", _service.Run($"Send-ScimBulkPayload {parameters}").Failure!.FullyQualifiedErrorId, StringComparison.Ordinal);

    [Fact]
    public void WhatIf_makes_no_call_and_names_job_and_operations()
    {
        PowerShellResult result = _service.Run("$payload | Send-ScimBulkPayload -WhatIf", ("payload", new[] { Payload.Of("a", "b"), "{}" }));

        Assert.Equal("PayloadInvalid", Id(Assert.Single(result.Errors)));
        Assert.Empty(result.Output);
        Assert.Equal(0, _service.Calls);
        Assert.Contains("Upload 2 operations of InputObject#1", _service.Text, StringComparison.Ordinal);
        Assert.Contains(_service.Address.JobId, _service.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Confirm_asks_for_each_request()
    {
        RecordingUserInterface host = _service.Session.Host.Recorded;
        host.Answers.Enqueue("No");
        host.Answers.Enqueue("Yes");

        _service.Run("$payload | Send-ScimBulkPayload -Confirm", ("payload", Payload.Each("a", "b"))).ThrowIfFailed();

        Assert.Equal(["b"], _service.Staged);
        Assert.Equal(2, host.Questions.Count);
    }

    [Fact]
    public async Task A_limit_of_calls_in_a_day_counts_all_of_the_process_and_ends_the_run_there()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions());
        using EmulatedSession service = own.OpenSession().Connect();
        service.Run("$payload | Send-ScimBulkPayload", ("payload", Payload.Of("first"))).ThrowIfFailed();

        PowerShellResult result = service.Run(
            "$payload | Send-ScimBulkPayload -DailyCallLimit 4 -ThrottleLimit 1", ("payload", Payload.Each("a", "b", "c", "d", "e")));

        Assert.Equal(("DailyCallLimitReached", ErrorCategory.LimitsExceeded), (Id(result.Failure!), result.Failure!.CategoryInfo.Category));
        Assert.Equal(3, result.Output.Count);
        Assert.Equal(4, service.Calls);
        Assert.Equal(2, Unsent(result.Failure).Length);
    }

    [Fact]
    public void The_limit_of_calls_is_kept_across_cmdlets()
    {
        var clock = Stopwatch.StartNew();

        _service.Run(
            "foreach ($p in $payload) { $p | Send-ScimBulkPayload -CallLimit 4 -CallLimitSeconds 1 }", ("payload", Payload.Each("a", "b", "c", "d", "e"))).ThrowIfFailed();

        Assert.True(clock.Elapsed >= TimeSpan.FromSeconds(1));
        Assert.Equal(5, _service.Staged.Length);
    }

    [Fact]
    public async Task Throttled_calls_are_tried_again_and_Verbose_says_so()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions());
        using EmulatedSession service = own.OpenSession().Connect();

        PowerShellResult result = service.Run(
            "$payload | Send-ScimBulkPayload -CallLimit 1000 -Verbose", ("payload", Payload.Each([.. Enumerable.Range(0, 44).Select(i => $"p{i}")]))).ThrowIfFailed();

        Assert.Equal(44, result.Output.Count);
        Assert.True(service.RefusedCalls > 0);
        Assert.True(Values<int>(result, "Attempts").Max() > 1);
        Assert.Contains(result.Verbose, line => line.Contains("429 Too Many Requests", StringComparison.Ordinal) && line.Contains("trying again in", StringComparison.Ordinal));
        Assert.Contains(result.Progress, record => record.StatusDescription.Contains("Waiting", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_retries_a_429_ends_the_run()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions());
        using EmulatedSession service = own.OpenSession().Connect();

        PowerShellResult result = service.Run(
            "Send-ScimBulkPayload -InputObject $payload -CallLimit 1000 -MaximumRetryCount 0 -ThrottleLimit 1", ("payload", Payload.Each([.. Enumerable.Range(0, 44).Select(i => $"p{i}")])));

        Assert.Equal("LimitReached", Id(result.Failure!));
        Assert.Equal(40, result.Output.Count);
        Assert.Equal(4, Unsent(result.Failure!).Length);
    }

    [Fact]
    public async Task A_call_that_takes_too_long_is_an_error_of_its_request()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromSeconds(3) });
        using EmulatedSession service = own.OpenSession().Connect();

        PowerShellResult result = service.Run("$payload | Send-ScimBulkPayload -TimeoutSec 1 -MaximumRetryCount 0", ("payload", Payload.Of("a")));

        Assert.Equal(("ServiceTimeout", ErrorCategory.ConnectionError), (Id(Assert.Single(result.Errors)), result.Errors[0].CategoryInfo.Category));
    }

    [Fact]
    public async Task Stopping_ends_within_a_second()
    {
        await using EmulatedService own = await EmulatedService.StartAsync(new EmulatorOptions { Latency = TimeSpan.FromSeconds(1) });
        using EmulatedSession service = own.OpenSession().Connect();
        RunningScript script = service.Session.Start("$payload | Send-ScimBulkPayload", ("payload", Payload.Each("a", "b", "c")));
        SpinWait.SpinUntil(() => service.Calls > 0, TimeSpan.FromSeconds(30));

        var clock = Stopwatch.StartNew();
        PowerShellResult result = script.Stop();

        Assert.True(result.Stopped);
        Assert.Empty(result.Errors);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void Progress_counts_requests_and_records_and_ends()
    {
        foreach (int i in Enumerable.Range(0, 5))
        {
            _folder.Write($"{i}.json", Payload.Of($"{i}a", $"{i}b"));
        }

        PowerShellResult result = _service.Run("Send-ScimBulkPayload $folder/*.json", ("folder", _folder.Path)).ThrowIfFailed();

        Assert.Contains(result.Progress, record => record.StatusDescription.Contains("records", StringComparison.Ordinal) && record.PercentComplete >= 0);
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Fact]
    public void Secrets_and_tokens_show_in_no_stream()
    {
        PowerShellResult result = _service.Run(
            "$DebugPreference = 'Continue'; $payload | Send-ScimBulkPayload @secretSignIn @job -Verbose *>&1 | Out-Default; Send-ScimBulkPayload -InputObject $payload @secretSignIn -ServicePrincipalId $emulator.ServicePrincipalId -JobId none",
            ("payload", Payload.Of("a")));

        string all = _service.Text + result.Failure!.Exception + string.Join(' ', result.Verbose);
        Assert.Contains("request-id", all, StringComparison.Ordinal);
        Assert.DoesNotContain(_service.Address.ClientSecret, all, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", all, StringComparison.Ordinal);
        Assert.DoesNotContain("Bearer", all, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_view_of_results_fits_a_console_of_120_columns()
    {
        string path = _folder.Write("BulkRequest-000001.json", Payload.Of("a"));

        _service.Run("Send-ScimBulkPayload $path | Out-Default", ("path", path)).ThrowIfFailed();

        string[] lines = Regex.Replace(_service.Text, @"\x1b\[[0-9;]*m", string.Empty).ReplaceLineEndings("\n").Split('\n');
        Assert.Contains(lines, line => line.Contains("BulkRequest-000001.json", StringComparison.Ordinal) && line.Contains("202 Accepted", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.TrimEnd().Length, 0, 120));
    }

    [Theory]
    [InlineData("Connect-InboundProvisioning -Environment US", "USGov")]
    [InlineData("Send-ScimBulkPayload -Environment C", "China")]
    public void The_cloud_is_completed(string input, string expected)
    {
        using PowerShell shell = _service.Session.NewPowerShell();

        Assert.Contains(expected, CommandCompletion.CompleteInput(input, input.Length, null, shell).CompletionMatches.Select(match => match.CompletionText));
    }

    private static string Id(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static string[] Unsent(ErrorRecord error) =>
        [.. ((System.Collections.IEnumerable)error.TargetObject).Cast<object>().Select(payload => (string)PSObject.AsPSObject(payload).Properties["Source"].Value)];

    private static T[] Values<T>(PowerShellResult result, string property) => [.. result.Output.Select(item => (T)item.Properties[property].Value)];
}
