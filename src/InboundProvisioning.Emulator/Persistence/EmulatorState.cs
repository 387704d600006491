using System;
using System.Collections.Generic;
using System.Text.Json;

using InboundProvisioning.Emulator.Applications;
using InboundProvisioning.Emulator.Identity;
using InboundProvisioning.Emulator.Logs;
using InboundProvisioning.Emulator.Users;

namespace InboundProvisioning.Emulator.Persistence;

/// <summary>
/// All that an emulator keeps over a restart. Counts of calls, the accepted requests, faults, and what a sign-in has left half done are not kept.
/// It holds the secrets and private keys of the emulator.
/// </summary>
internal sealed record EmulatorState(
    int Port,
    int PlainPort,
    TenantState Tenant,
    KeyState Keys,
    IReadOnlyList<ApplicationState> Applications,
    IReadOnlyList<JsonElement> Staged,
    IReadOnlyList<UserState> Users,
    IReadOnlyList<ProvisioningEvent> Events,
    TimeSpan ClockAhead);
