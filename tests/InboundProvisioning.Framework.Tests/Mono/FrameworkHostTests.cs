using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

namespace InboundProvisioning.Framework.Tests.Mono;

/// <summary>
/// The very assemblies that Windows PowerShell loads, at work in a program of .NET Framework. Each check is a method of the same name
/// in tests/FrameworkHost.
/// </summary>
public sealed class FrameworkHostTests(FrameworkHostRun run) : IClassFixture<FrameworkHostRun>
{
    [MonoFact]
    public Task The_assemblies_come_from_the_staged_folder() => Passes();

    [MonoFact]
    public Task A_file_becomes_a_bulk_request() => Passes();

    [MonoFact]
    public Task The_sample_workers_become_requests_of_fifty() => Passes();

    [MonoFact]
    public Task A_binary_fraction_is_written_in_its_shortest_form() => Passes();

    [MonoFact]
    public Task Text_beyond_ASCII_is_kept() => Passes();

    [MonoFact]
    public Task A_code_page_of_Windows_is_read() => Passes();

    [MonoFact]
    public Task Line_breaks_within_quotes_are_part_of_the_value() => Passes();

    [MonoFact]
    public Task A_bad_row_is_rejected_with_its_line() => Passes();

    [MonoFact]
    public Task Rejected_rows_are_kept_in_a_file() => Passes();

    [MonoFact]
    public Task Requests_are_written_as_files() => Passes();

    [MonoFact]
    public Task A_missing_column_is_an_error() => Passes();

    [MonoFact]
    public Task A_sound_mapping_has_no_error() => Passes();

    [MonoFact]
    public Task A_mapping_of_an_unknown_attribute_is_an_error() => Passes();

    [MonoFact]
    public Task A_database_is_written_read_and_found_sound() => Passes();

    [MonoFact]
    public Task SQLite_is_the_file_of_the_module_and_no_other() => Passes();

    [MonoFact]
    public Task A_library_that_does_not_load_says_why() => Passes();

    [MonoFact]
    public Task A_secret_signs_in() => Passes();

    [MonoFact]
    public Task A_certificate_signs_in() => Passes();

    [MonoFact]
    public Task A_federated_token_signs_in() => Passes();

    [MonoFact]
    public Task The_identity_of_the_machine_signs_in() => Passes();

    [MonoFact]
    public Task An_assigned_identity_signs_in() => Passes();

    [MonoFact]
    public Task A_wrong_secret_is_an_error() => Passes();

    [MonoFact]
    public Task A_root_that_is_not_trusted_is_an_error() => Passes();

    [MonoFact]
    public Task Records_are_accepted() => Passes();

    [MonoFact]
    public Task A_request_that_is_refused_for_now_is_sent_again() => Passes();

    [MonoFact]
    public Task Each_of_many_requests_is_accepted() => Passes();

    [MonoFact]
    public Task The_job_is_read() => Passes();

    [MonoFact]
    public Task The_job_is_paused_and_started() => Passes();

    [MonoFact]
    public Task The_job_is_restarted() => Passes();

    [MonoFact]
    public Task The_schema_is_read_and_parses_again() => Passes();

    [MonoFact]
    public Task An_extension_is_added_to_the_schema() => Passes();

    [MonoFact]
    public Task The_outcomes_are_in_the_logs() => Passes();

    [MonoFact]
    public Task Events_are_summed_up_by_cycle() => Passes();

    [MonoFact]
    public Task The_second_night_sends_what_changed() => Passes();

    [MonoFact]
    public Task The_storage_client_is_that_of_both_editions() => Passes();

    [MonoFact]
    public async Task Every_check_of_the_host_is_a_test_here()
    {
        string[] here = [.. typeof(FrameworkHostTests).GetMethods()
            .Where(method => method.DeclaringType == typeof(FrameworkHostTests) && method.Name != nameof(Every_check_of_the_host_is_a_test_here))
            .Select(method => method.Name)
            .Order(StringComparer.Ordinal)];

        Assert.Equal(here, (await run.Faults).Keys.Order(StringComparer.Ordinal));
    }

    private async Task Passes([CallerMemberName] string check = "")
    {
        IReadOnlyDictionary<string, string?> faults = await run.Faults;
        Assert.True(faults.TryGetValue(check, out string? fault), $"The host has no check '{check}'.");
        Assert.True(fault is null, fault);
    }
}
