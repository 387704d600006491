using System.Buffers.Text;
using System.Text.Json;

namespace InboundProvisioning.Emulator.Tests;

/// <summary>Reads a JSON web token without checking it.</summary>
internal static class Jwt
{
    public static JsonElement Claims(string token) => JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
