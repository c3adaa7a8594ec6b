using System.Text.Json.Nodes;
using GitHubSimulator.Protocol;

namespace GitHubSimulator.Shapes;

/// <summary>Where an account stands in its hour.</summary>
internal static class RateLimitShape
{
    public static JsonObject RateLimit(this View view, RateLimits.Usage usage)
    {
        var json = new JsonObject
        {
            ["resources"] = new JsonObject { ["core"] = Numbers(usage), ["search"] = Untouched(usage, 30), ["graphql"] = Untouched(usage, 0) },
        };
        if (!view.IsNewer)
        {
            json["rate"] = Numbers(usage);
        }

        return json;
    }

    private static JsonObject Numbers(RateLimits.Usage usage) => new()
    {
        ["limit"] = usage.Limit,
        ["used"] = Math.Min(usage.Used, usage.Limit),
        ["remaining"] = usage.Remaining,
        ["reset"] = usage.Reset.ToUnixTimeSeconds(),
    };

    private static JsonObject Untouched(RateLimits.Usage usage, int limit) =>
        Numbers(usage with { Limit = limit, Used = 0 });
}
