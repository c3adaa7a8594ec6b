using FieldMedic.Cli.Tests;
using FieldMedic.Server.Tests.Harness;
using GitHubSimulator.State;

namespace FieldMedic.Server.Tests.Serve;

/// <summary>One server, one store, two systems: each complaint is about the one whose repository it stands in.</summary>
public sealed class SystemsTests
{
    private const string Back = "acme/forms";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_OfOneSystem_IsFixedThereAndNowhereElse()
    {
        await using var desk = await OpenAsync($"repository: {Back}");
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        desk.Write("back/state.json", """{"open":false}""");

        var number = desk.GitHub.Store.OpenIssue(Back, "ada", "The door is stuck").Number;
        await desk.GitHub.Store.WhenIssueAsync(Back, number, IsClosed, Token);

        EffectsOfBack(desk).ShouldBe(1);
        desk.Effects().ShouldBe(0);
        (await desk.RunAsync("incidents", "--system", "back")).Output.ShouldContain("INC-");
        (await desk.RunAsync("incidents", "--system", "front")).Output.ShouldNotContain("INC-");
    }

    [Fact]
    public async Task Issue_WhileAnotherSystemHangs_DoesNotWait()
    {
        await using var desk = await OpenAsync($"repository: {Back}");
        desk.Write("pack/look.sh", "while [ -e gate ]; do sleep 0.05; done\ncat state.json\n");
        desk.Write("pack/gate", "");
        var pack = File.ReadAllText(Path.Combine(desk.Pack, "pack.yaml"));
        desk.Write("pack/pack.yaml", pack.Replace("argv: [cat, state.json] }, required: true, timeout: 3s", "argv: [sh, look.sh] }, required: true, timeout: 90s", StringComparison.Ordinal));
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        desk.Write("back/state.json", """{"open":false}""");

        var hanging = desk.FileIssue("The door is stuck");
        var other = desk.GitHub.Store.OpenIssue(Back, "ada", "The door is stuck").Number;
        await desk.GitHub.Store.WhenIssueAsync(Back, other, IsClosed, Token);
        desk.GitHub.Store.GetIssue(Desk.Repository, hanging).State.ShouldBe("open");
        File.Delete(Path.Combine(desk.Pack, "gate"));
        await desk.GitHub.Store.WhenIssueAsync(Desk.Repository, hanging, IsClosed, Token);

        desk.Effects().ShouldBe(1);
        EffectsOfBack(desk).ShouldBe(1);
    }

    [Fact]
    public async Task Issues_FoundByPolling_ReachTheirSystems()
    {
        await using var desk = await OpenAsync($"repository: {Back}");
        desk.Write("fieldmedic.yaml", File.ReadAllText(Path.Combine(desk.Folder, "fieldmedic.yaml")) + "poll: 300ms\n");
        await using var serve = await ServeProcess.StartAsync(desk, "--no-webhook");
        desk.Write("back/state.json", """{"open":false}""");

        var number = desk.GitHub.Store.OpenIssue(Back, "ada", "The door is stuck").Number;
        await desk.GitHub.Store.WhenIssueAsync(Back, number, IsClosed, Token);

        EffectsOfBack(desk).ShouldBe(1);
    }

    [Theory]
    [InlineData("", "'back' has no repository")]
    [InlineData("repository: ACME/maps", "'front' and 'back' have the same repository")]
    public async Task Serve_SystemsThatCannotBeToldApart_Refuses(string repository, string says)
    {
        await using var desk = await OpenAsync(repository);
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "secret";

        var ran = await desk.RunAsync("serve");

        ran.Code.ShouldBe(64, ran.All);
        ran.Error.ShouldContain(says);
    }

    [Fact]
    public async Task Serve_SeveralSystemsWithMcpOverHttp_Refuses()
    {
        await using var desk = await OpenAsync($"repository: {Back}");
        desk.Environment["FIELDMEDIC_WEBHOOK_SECRET"] = "secret";
        desk.Environment["FIELDMEDIC_MCP_HTTP_TOKEN"] = new string('t', 64);

        var ran = await desk.RunAsync("serve");

        ran.Code.ShouldBe(64, ran.All);
        ran.Error.ShouldContain("--system");
    }

    private static bool IsClosed(Issue issue) => issue.State == "closed";

    private static int EffectsOfBack(Desk desk)
        => File.Exists(Path.Combine(desk.Folder, "back", "effects.log")) ? File.ReadAllLines(Path.Combine(desk.Folder, "back", "effects.log")).Length : 0;

    private static async Task<Desk> OpenAsync(string repository)
    {
        var desk = await Desk.OpenAsync();
        desk.Environment["FIELDMEDIC_PACK"] = null;
        desk.Environment["GITHUB_REPOSITORY"] = null;
        Directory.CreateDirectory(Path.Combine(desk.Folder, "back"));
        foreach (var file in Directory.GetFiles(desk.Pack))
        {
            File.Copy(file, Path.Combine(desk.Folder, "back", Path.GetFileName(file)));
        }

        desk.Write("fieldmedic.yaml", $$"""
            systems:
              front: { pack: pack, repository: {{Desk.Repository}} }
              back:
                pack: back
                {{repository}}

            """);
        return desk;
    }
}
