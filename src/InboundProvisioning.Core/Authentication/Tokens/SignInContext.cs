using System;
using System.Net.Http;
using InboundProvisioning.Http;

namespace InboundProvisioning.Authentication.Tokens;

/// <summary>What every sign-in needs.</summary>
/// <param name="Endpoints">The cloud.</param>
/// <param name="Handler">The handler of all calls; it stays the caller's.</param>
/// <param name="Retries">How often a call that may pass later is tried again.</param>
/// <param name="Time">The clock of waits and time limits.</param>
internal sealed record SignInContext(ServiceEndpoints Endpoints, HttpMessageHandler Handler, RetrySettings Retries, TimeProvider Time);
