using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace GitHubSimulator.Protocol;

/// <summary>JSON answers.</summary>
internal static class Reply
{
    public const string ContentType = "application/json; charset=utf-8";

    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Json(int status, JsonNode body) => Results.Text(body.ToJsonString(Options), ContentType, statusCode: status);

    public static IResult Ok(JsonNode body) => Json(StatusCodes.Status200OK, body);

    public static IResult Created(JsonNode body, string location) => new CreatedAt(Json(StatusCodes.Status201Created, body), location);

    private sealed class CreatedAt(IResult inner, string location) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.Location = location;
            return inner.ExecuteAsync(httpContext);
        }
    }
}
