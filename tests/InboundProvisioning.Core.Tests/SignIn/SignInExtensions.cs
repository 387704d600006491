using System.Threading;
using System.Threading.Tasks;
using InboundProvisioning.Authentication;
using InboundProvisioning.Graph;

namespace InboundProvisioning.Core.Tests.SignIn;

internal static class SignInExtensions
{
    public static Task<AccessToken> SignInAsync(this ServiceConnection connection) => connection.Tokens.GetTokenAsync(refused: null, CancellationToken.None);

    public static Task<AccessToken> RenewAsync(this ServiceConnection connection) =>
        connection.Tokens.GetTokenAsync(connection.Tokens.Current, CancellationToken.None);
}
