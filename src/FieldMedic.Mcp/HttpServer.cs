using System.Security.Cryptography;
using System.Text;
using FieldMedic.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace FieldMedic.Mcp;

/// <summary>Speaks MCP over HTTP at <c>/mcp</c> with whoever shows the token. What it may do is what <c>fieldmedic mcp</c> may.</summary>
public static class HttpServer
{
    /// <summary>Where it answers.</summary>
    public const string Path = "/mcp";

    /// <summary>A token that is shorter can be guessed.</summary>
    public const int ShortestToken = 32;

    private const string Scheme = "Bearer ";

    /// <param name="host">Opened with the store and the tracker; it must outlive the server.</param>
    public static void Add(IServiceCollection services, FieldMedicHost host) => services.AddFieldMedicMcp(host, TimeProvider.System).WithHttpTransport();

    /// <param name="token">Asked for every request, so that it can be changed; without one nobody is let in.</param>
    public static void Map(WebApplication app, Func<string?> token)
    {
        ArgumentNullException.ThrowIfNull(app);
        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase), guarded => guarded.Use((context, next) =>
        {
            if (IsKnown(context.Request.Headers.Authorization.ToString(), token()))
            {
                return next(context);
            }

            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Task.CompletedTask;
        }));
        app.MapMcp(Path);
    }

    private static bool IsKnown(string header, string? token)
        => token is { Length: >= ShortestToken }
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), Hash(token));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
