using System.Text.Json;
using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Testing;
using FieldMedic.Tracker;
using GitHubSimulator;
using Testing.GitHubOpenApi;

namespace FieldMedic.GitHub.Tests.Harness;

/// <summary>A tracker on a stand-in of its own. Waits pass at once; every request is held against GitHub's own description at the end,
/// and has to be one that other clients drive the stand-in with.</summary>
internal sealed class Office : IAsyncDisposable
{
    public const string Repository = "acme/maps";
    public const string Us = "fieldmedic-bot";
    private static readonly Lazy<GitHubOpenApi?> Description = new(OpenApiFile.TryLoad);
    private readonly List<IDisposable> _open = [];

    private Office(RunningSimulator github)
    {
        GitHub = github;
        Ref = new IssueRef(Repository, github.Store.OpenIssue(Repository, "ada", "Sync stuck at 50%", "It does not move.", "bug").Number);
        Tracker = As("any");
    }

    public RunningSimulator GitHub { get; }

    public IssueRef Ref { get; }

    public GitHubTracker Tracker { get; }

    public LeapingTime Time { get; } = MakeTime();

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static Proof Proof { get; } = JsonSerializer.Deserialize<Proof>(
        """{"verdict":"resolved","gone":["worker_down"],"rows":[],"quiet_since":"2026-01-15T12:00:00Z","measured_at":"2026-01-15T12:00:30Z","samples":3}""",
        JournalJson.Options)!;

    public static async Task<Office> OpenAsync(TimeProvider? githubsClock = null)
        => new(await SimulatorHost.StartAsync(new SimulatorOptions { Time = githubsClock ?? TimeProvider.System }, Cancel));

    /// <summary>One for all clients of a test, as a process has it.</summary>
    public Governor Governor { get; } = new();

    public GitHubTracker As(string token, string? login = null)
    {
        var tracker = new GitHubTracker(Settings(token) with { Login = login }, Time);
        _open.Add(tracker);
        return tracker;
    }

    // Longer than all leaps of a test together, else the leaps of one call time out those beside it.
    public GitHubSettings Settings(string? token) => new() { Token = () => token, ApiUrl = GitHub.Url, AttemptTimeout = TimeSpan.FromHours(1), Governor = Governor };

    public int Sent(string method, string tail) => GitHub.Requests.All.Count(r => r.Method == method && r.Path.EndsWith(tail, StringComparison.Ordinal));

    public GitHubSimulator.State.Issue Now => GitHub.Store.GetIssue(Repository, Ref.Number);

    public static async Task<TrackerException> FailAsync(Func<Task> call) => await Should.ThrowAsync<TrackerException>(call);

    public static LeapingTime MakeTime() => new([.. new[] { 0.5, 1, 2, 3, 4, 7 }.Select(TimeSpan.FromSeconds)]);

    public async ValueTask DisposeAsync()
    {
        _open.ForEach(one => one.Dispose());
        var requests = GitHub.Requests.All;
        await GitHub.DisposeAsync();
        if (Description.Value is { } description)
        {
            foreach (var request in requests)
            {
                description.ValidateRequest(request.Method, request.Path + request.Query, request.Body).ShouldBeEmpty($"{request.Method} {request.Path}{request.Query}");
                EndpointsInUse.Routes.ShouldContain(description.RouteOf(request.Method, request.Path), "Add the endpoint to EndpointsInUse.");
            }
        }
    }
}
