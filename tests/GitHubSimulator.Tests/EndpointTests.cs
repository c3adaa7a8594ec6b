using System.Text.Json.Nodes;
using GitHubSimulator.Tests.Harness;
using Testing.GitHubOpenApi;

namespace GitHubSimulator.Tests;

/// <summary>Clients that are not ours go through every endpoint that FieldMedic uses, as a person and as a GitHub App.</summary>
public sealed class EndpointTests : IDisposable
{
    private const string Person = "bot-token";
    private const int Installation = 70;
    private readonly AppKey key = new();
    private readonly GitHubOpenApi description;

    public EndpointTests()
    {
        var found = OpenApiFile.TryLoad();
        Requirement.Need(found is not null, OpenApiFile.HowToGetIt);
        description = found!;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Octokit_EveryEndpointInUse_IsUnderstood(bool asApp)
    {
        var node = Requirement.Program("node");
        await using var simulator = await SimulatorHost.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken);
        simulator.Apps.Add(7, "medic", key.PublicPem, GitHub.Repo);
        simulator.Store.OpenIssue(GitHub.Repo, "ada", "Sync stuck at 50%");
        var comment = simulator.Store.AddComment(GitHub.Repo, 1, asApp ? "medic[bot]" : "fieldmedic-bot", "before");
        var uses = Uses(asApp);
        var input = new JsonObject
        {
            ["baseUrl"] = simulator.Url.ToString().TrimEnd('/'),
            ["token"] = Person,
            ["app"] = asApp ? new JsonObject { ["appId"] = 7, ["privateKey"] = key.PrivatePem, ["installationId"] = Installation } : null,
            ["calls"] = new JsonArray([.. uses.Select(use => new JsonObject { ["route"] = use.Route, ["parameters"] = Parameters(use, comment.Id) })]),
        };

        var (exitCode, output, error) = await Child.RunAsync(
            node, [Path.Combine(OpenApiFile.NodeFolder!, "octokit-endpoints.mjs")], new Dictionary<string, string>(), input.ToJsonString());

        exitCode.ShouldBe(0, error);
        var seen = JsonNode.Parse(output)!.AsArray();
        seen.Count.ShouldBe(uses.Count);
        foreach (var (use, answer) in uses.Zip(seen))
        {
            use.IsSeenIn(answer!["data"]).ShouldBeTrue($"{use.Route}: {answer["data"]}");
        }

        ShouldBeAll(uses, [.. simulator.Requests.All.Select(ObservedRequest.From)]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Gh_EveryEndpointInUse_IsUnderstood(bool asApp)
    {
        using var github = await GhSession.StartAsync();
        await github.RunAsync(Person, "/_simulator/apps", "-F", "id=7", "-f", "slug=medic", "-f", $"publicKey={key.PublicPem}", "-f", $"repositories[]={GitHub.Repo}");
        var token = asApp ? (string)(await github.AskAsync(Person, [$"app/installations/{Installation}/access_tokens", "-X", "POST", .. AsApp()]))["token"]! : Person;
        await github.AskAsync(token, $"repos/{GitHub.Repo}/issues", "-f", "title=Sync stuck at 50%");
        var comment = (long)(await github.AskAsync(token, $"repos/{GitHub.Repo}/issues/1/comments", "-f", "body=before"))["id"]!;
        var uses = Uses(asApp);

        foreach (var use in uses)
        {
            var answer = await github.AskAsync(token, [.. Arguments(use, comment), .. use.Caller == EndpointCaller.App ? AsApp() : []]);
            use.IsSeenIn(answer).ShouldBeTrue($"{use.Route}: {answer}");
        }

        ShouldBeAll(uses, await github.RequestsAsync());
    }

    public void Dispose() => key.Dispose();

    private static IReadOnlyList<EndpointUse> Uses(bool asApp) =>
        [.. EndpointsInUse.All.Where(use => use.Caller != (asApp ? EndpointCaller.Person : EndpointCaller.App))];

    /// <summary>What the placeholders of a route stand for.</summary>
    private static Dictionary<string, JsonNode> Places(EndpointUse use, long comment) => new Dictionary<string, JsonNode>
    {
        ["owner"] = "acme",
        ["repo"] = "maps",
        ["issue_number"] = 1,
        ["comment_id"] = comment,
        ["username"] = "ada",
        ["installation_id"] = Installation,
        ["name"] = EndpointsInUse.Label,
    }.Where(place => use.Template.Contains($"{{{place.Key}}}", StringComparison.Ordinal)).ToDictionary();

    private static JsonObject Parameters(EndpointUse use, long comment)
    {
        var parameters = use.Fields.DeepClone().AsObject();
        foreach (var (name, value) in Places(use, comment))
        {
            parameters[name] = value;
        }

        return parameters;
    }

    private static IEnumerable<string> Arguments(EndpointUse use, long comment)
    {
        var path = Places(use, comment).Aggregate(
            use.Template, (template, place) => template.Replace($"{{{place.Key}}}", Uri.EscapeDataString(place.Value.ToString()), StringComparison.Ordinal));
        return [path, "-X", use.Method, .. use.Fields.SelectMany(field => field.Value is JsonArray list
            ? list.SelectMany(entry => new[] { "-f", $"{field.Key}[]={entry}" })
            : ["-f", $"{field.Key}={field.Value}"])];
    }

    // Without this gh says "token", and GitHub takes a signature only from a "Bearer".
    private string[] AsApp() => ["-H", $"Authorization: Bearer {key.Sign()}"];

    private void ShouldBeAll(IReadOnlyList<EndpointUse> uses, IReadOnlyList<ObservedRequest> requests)
    {
        foreach (var request in requests)
        {
            request.Status.ShouldBeInRange(200, 299, request.Path);
            request.ShouldFit(description);
        }

        uses.Select(use => use.Route).Except(requests.Select(request => description.RouteOf(request.Method, request.Path))).ShouldBeEmpty();
    }
}
