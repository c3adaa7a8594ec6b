using System.Text.Json.Nodes;
using GitHubSimulator.State;

namespace GitHubSimulator.Protocol;

/// <summary>Errors in GitHub's own form.</summary>
internal static class GitHubErrors
{
    public const string Documentation = "https://docs.github.com/rest";

    public static IResult From(Refusal refusal) => Reply.Json(refusal.Status, Body(refusal));

    public static IResult Status(int status, string message) => Reply.Json(status, Body(new Refusal(status, message)));

    public static JsonObject Body(Refusal refusal)
    {
        var body = new JsonObject { ["message"] = refusal.Message };
        if (refusal.Details.Length > 0)
        {
            body["errors"] = new JsonArray([.. refusal.Details.Select(Detail)]);
        }

        body["documentation_url"] = Documentation;
        body["status"] = $"{refusal.Status}";
        return body;
    }

    private static JsonObject Detail(RefusalDetail detail)
    {
        var entry = new JsonObject
        {
            ["resource"] = detail.Resource,
            ["code"] = detail.Code,
            ["field"] = detail.Field,
        };
        if (detail.Message is not null)
        {
            entry["message"] = detail.Message;
        }

        if (detail.Value is not null)
        {
            entry["value"] = detail.Value;
        }

        return entry;
    }
}
