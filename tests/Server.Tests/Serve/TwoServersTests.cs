using FieldMedic.Cli.Tests;
using FieldMedic.Cli.Tests.Store;
using FieldMedic.Server.Tests.Harness;

namespace FieldMedic.Server.Tests.Serve;

/// <summary>Two real servers on one PostgreSQL database.</summary>
public sealed class TwoServersTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Webhooks_ToBothServers_AreAnsweredOnce()
    {
        await using var desk = await DeskAsync();
        await using var first = await ServeProcess.StartAsync(desk, "--poll", "500ms");
        await using var second = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);

        // By webhook to the second, by polling to the first.
        var number = desk.FileIssue("The door is stuck");
        var closed = await desk.GitHub.Store.WhenIssueAsync(Desk.Repository, number, i => i.State == "closed", Token);
        await first.StopAsync();
        await second.StopAsync();

        desk.Effects().ShouldBe(1);
        closed.Comments.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Server_KilledInTheMiddle_IsGoneOnForByTheOther()
    {
        await using var desk = await DeskAsync(window: "3s");
        await using var other = await ServeProcess.StartAsync(desk);
        await using var killed = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);

        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Desk.Repository, number, i => i.Comments.Count > 0, Token);
        killed.Process.Kill();
        await desk.GitHub.Store.WhenIssueAsync(Desk.Repository, number, i => i.State == "closed", Token);

        desk.Effects().ShouldBe(1);
        desk.GitHub.Store.GetIssue(Desk.Repository, number).Comments.ShouldHaveSingleItem();
    }

    private async Task<Desk> DeskAsync(string window = "1s")
    {
        var desk = await postgres.DeskAsync(window);
        var pack = Path.Combine(desk.Pack, "pack.yaml");
        await File.WriteAllTextAsync(pack, (await File.ReadAllTextAsync(pack, Token)).Replace("policy: {", "policy: { watch_every: 1s,", StringComparison.Ordinal), Token);
        return desk;
    }
}
