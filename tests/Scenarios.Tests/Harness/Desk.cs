using System.Globalization;
using GitHubSimulator;
using GitHubSimulator.State;

namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>One scenario's support desk: a fresh tracker over real HTTP, a fresh store, and the binary set up for the patient.</summary>
internal sealed class Desk : IAsyncDisposable
{
    public const string Repository = "acme/maps";
    public const string Bot = "fieldmedic-bot";
    public const string Token = "ghp_5c3nar10T0kenThatMustNeverBeSeen00001";
    private readonly RunningSimulator _github;
    private readonly string _folder;

    private Desk(Patient patient, RunningSimulator github)
    {
        _github = github;
        _folder = Directory.CreateTempSubdirectory("fieldmedic-scenario-").FullName;
        Environment = new(StringComparer.Ordinal)
        {
            ["COMPOSE_PROJECT_NAME"] = patient.Project,
            ["WEB_HTTPS_PORT"] = patient["WEB_HTTPS_PORT"],
            ["QFIELDCLOUD_WORKER_REPLICAS"] = patient["QFIELDCLOUD_WORKER_REPLICAS"],
            ["FIELDMEDIC_PACK"] = Path.Combine(Checkout.Root, "packs", "qfieldcloud"),
            ["FIELDMEDIC_STORE"] = Path.Combine(_folder, "journal.db"),
            ["FIELDMEDIC_WINDOW"] = "4s",
            ["FIELDMEDIC_LOOP_WINDOW"] = "6s",
            ["FIELDMEDIC_MEMORY_WINDOW"] = "6s",
            ["FIELDMEDIC_SETTLE"] = "25s",
            // A machine that is busy with tests is no finding of theirs.
            ["FIELDMEDIC_LOAD_LIMIT"] = "100000%",
            ["FIELDMEDIC_SLOW_MS"] = "60000",
            ["FIELDMEDIC_ADMINS"] = "grace",
            ["GITHUB_API_URL"] = github.Url.ToString(),
            ["GITHUB_REPOSITORY"] = Repository,
            ["GITHUB_TOKEN"] = Token,
        };
    }

    public Dictionary<string, string> Environment { get; }

    public RunningSimulator GitHub => _github;

    public static async Task<Desk> OpenAsync(Patient patient)
        => new(patient, await SimulatorHost.StartAsync(new SimulatorOptions(), TestContext.Current.CancellationToken));

    public int Issue(string title, string body = "") => _github.Store.OpenIssue(Repository, "ada", title, body).Number;

    public Issue Look(int issue) => _github.Store.GetIssue(Repository, issue);

    public IReadOnlyList<string> Labels(int issue) => _github.Store.LabelsOf(Repository, issue);

    /// <summary>The one comment of the bot.</summary>
    public string Comment(int issue) => Look(issue).Comments.Where(c => c.Author == Bot).ShouldHaveSingleItem().Body;

    public MedicProcess Start(int issue, params string[] more)
        => MedicProcess.Start(Environment, _folder, ["support", issue.ToString(CultureInfo.InvariantCulture), "--json", .. more]);

    public Task<MedicRun> SupportAsync(int issue, params string[] more) => FinishAsync(Start(issue, more));

    /// <summary>Any command line, without <c>--json</c> unless it is given.</summary>
    public Task<MedicRun> RunAsync(params string[] arguments) => FinishAsync(MedicProcess.Start(Environment, _folder, arguments));

    public async ValueTask DisposeAsync()
    {
        await _github.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<MedicRun> FinishAsync(MedicProcess process)
    {
        await using (process)
        {
            var run = await process.EndAsync();
            TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
            return run;
        }
    }
}
