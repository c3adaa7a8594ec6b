using System.Collections.Frozen;
using System.Security.Cryptography;

namespace FieldMedic.Dashboard.Assets;

/// <summary>The style sheets and the one script, out of the assembly. Their addresses change with their content, so a browser may keep them.</summary>
internal static class AssetEndpoints
{
    private static readonly FrozenDictionary<string, (byte[] Content, string Type)> Files = new[] { ("pico.min.css", "text/css"), ("dashboard.css", "text/css"), ("dashboard.js", "text/javascript") }
        .ToFrozenDictionary(f => f.Item1, f => (Read(f.Item1), $"{f.Item2}; charset=utf-8"), StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> Marks = Files.ToFrozenDictionary(f => f.Key, f => Convert.ToHexStringLower(SHA256.HashData(f.Value.Content))[..12], StringComparer.Ordinal);

    public static string AddressOf(string name) => $"/assets/{Marks[name]}/{name}";

    public static void Map(WebApplication app) => app.MapGet("/assets/{mark}/{name}", context =>
    {
        if (!Files.TryGetValue((string)context.Request.RouteValues["name"]!, out var file))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        context.Response.ContentType = file.Type;
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return context.Response.Body.WriteAsync(file.Content, context.RequestAborted).AsTask();
    }).AllowAnonymous();

    private static byte[] Read(string name)
    {
        using var stream = typeof(AssetEndpoints).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
