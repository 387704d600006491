using Microsoft.AspNetCore.Http;

namespace InboundProvisioning.Emulator.Tokens;

/// <summary>One way in which the token endpoint gives tokens (RFC 6749 section 1.3).</summary>
internal interface ITokenGrant
{
    /// <summary>The value of <c>grant_type</c>.</summary>
    string Type { get; }

    /// <param name="form">The request, whose client is known.</param>
    /// <param name="basicSecret">The secret of the Authorization header, if there is one.</param>
    IResult Answer(IFormCollection form, string? basicSecret);
}
