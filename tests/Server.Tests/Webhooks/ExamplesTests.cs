using System.Net;
using System.Text.Json.Nodes;
using FieldMedic.Inbox;
using FieldMedic.Server.Tests.Harness;
using Testing.GitHubOpenApi;

namespace FieldMedic.Server.Tests.Webhooks;

/// <summary>Every payload that <c>@octokit/webhooks-examples</c> recorded from GitHub.</summary>
public sealed class ExamplesTests
{
    private static readonly string[] Handled = ["installation", "issue_comment", "issues", "ping"];

    [Fact]
    public async Task Post_EveryExample_Is202AndOnlyHandledKindsAreStored()
    {
        var examples = Load();
        var kinds = 0;
        var stored = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (kind, bodies) in examples)
        {
            kinds++;
            foreach (var (body, i) in bodies.Select((b, i) => (b, i)))
            {
                await using var door = await Door.OpenAsync("Codertocat/Hello-World");
                var (status, text) = await door.PostAsync(body.ToJsonString(), kind, $"{kind.Replace('_', '-')}-{i}");

                status.ShouldBe(HttpStatusCode.Accepted, $"{kind} {i}: {text}");
                stored[kind] = stored.GetValueOrDefault(kind) + door.Inbox.All.Count;
                Check(kind, body, door.Inbox.All.SingleOrDefault().Delivery);
            }
        }

        kinds.ShouldBeGreaterThan(50);
        stored.Where(s => s.Value > 0).Select(s => s.Key).Order(StringComparer.Ordinal).ShouldBe(Handled);
    }

    private static void Check(string kind, JsonObject body, Delivery? stored)
    {
        var action = (string?)body["action"];
        var isOurs = (kind, action) is ("ping" or "installation", _) or ("issues", "opened" or "reopened" or "edited" or "labeled" or "closed") or ("issue_comment", "created")
            && (kind is "ping" or "installation" || ((string?)body["repository"]!["full_name"] == "Codertocat/Hello-World" && (string?)body["sender"]!["type"] != "Bot" && body["issue"]!["pull_request"] is null));
        (stored is not null).ShouldBe(isOurs, $"{kind} {action}");
        if (stored is { Issue: not null })
        {
            stored.Issue.ShouldBe((int)body["issue"]!["number"]!);
            stored.CommentId.ShouldBe((long?)body["comment"]?["id"]);
            stored.Actor.ShouldBe(new Actor((long)body["sender"]!["id"]!, (string)body["sender"]!["login"]!, (string)body["sender"]!["type"]!));
            stored.Repository.ShouldBe("Codertocat/Hello-World");
        }
    }

    private static List<(string Kind, List<JsonObject> Bodies)> Load()
    {
        var path = OpenApiFile.NodeFolder is { } folder ? Path.Combine(folder, "node_modules/@octokit/webhooks-examples/api.github.com/index.json") : null;
        Requirement.Need(File.Exists(path), OpenApiFile.HowToGetIt);
        return [.. JsonNode.Parse(File.ReadAllText(path!))!.AsArray().Select(e => ((string)e!["name"]!, e["examples"]!.AsArray().Select(b => b!.AsObject()).ToList()))];
    }
}
