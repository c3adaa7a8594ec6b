using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Tests.Commands;

public sealed class CommandActionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Execute_TargetWithShellCharacters_IsNeverPartOfTheCommand()
    {
        using var connected = Open(new CommandRemedySettings { Argv = ["sh", "-c", "echo \"$@\" > ran", "sh", "fixed"], Target = "queue" });

        var result = await connected.Action("repair").ExecuteAsync(Planned("; touch owned $(touch owned)"), Token);

        result.Succeeded.ShouldBeTrue();
        File.ReadAllText(_folder.File("ran")).ShouldBe("fixed\n");
        Directory.GetFiles(_folder.Path).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Execute_NonZeroExit_FailsWithLastLine()
    {
        using var connected = Open(new CommandRemedySettings { Argv = ["sh", "-c", "echo first; echo why it failed >&2; exit 9"] });

        var result = await connected.Action("repair").ExecuteAsync(Planned("queue"), Token);

        result.Succeeded.ShouldBeFalse();
        result.Detail.ShouldStartWith("ended with 9: ");
    }

    [Fact]
    public async Task Execute_Cancelled_KillsTheCommand()
    {
        using var connected = Open(new CommandRemedySettings { Argv = ["sh", "-c", "trap '' TERM; echo $$ > pid; while :; do sleep 1; done"] });
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var running = connected.Action("repair").ExecuteAsync(Planned("queue"), budget.Token);
        await Eventually.Async(() => File.Exists(_folder.File("pid")) && File.ReadAllText(_folder.File("pid")).EndsWith('\n'));

        await budget.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(running);
        var pid = File.ReadAllText(_folder.File("pid")).Trim();
        await Eventually.Async(() => !Directory.Exists($"/proc/{pid}"));
    }

    [Fact]
    public async Task Resolve_NoTargetAndNoService_IsUnavailable()
    {
        using var connected = Open(new CommandRemedySettings { Argv = ["true"] });

        (await connected.Action("repair").ResolveAsync(Snapshot.Empty, null, Token)).Unavailable.ShouldBe("the remedy names no target");
        (await connected.Action("repair").ResolveAsync(Snapshot.Empty, "worker", Token)).Targets.ShouldBe(["worker"]);
    }

    private Connected Open(CommandRemedySettings settings)
        => new(Connected.Pack(_folder.Path) with { Remedies = new Dictionary<string, RemedySpec> { ["repair"] = new() { Id = "repair", Kind = "command", Settings = settings } } });

    private static PlannedAction Planned(string target) => new("repair", "command", null, target, "low", TimeSpan.FromSeconds(5));
}
