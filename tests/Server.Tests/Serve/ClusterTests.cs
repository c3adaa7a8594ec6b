using FieldMedic.Cli.Tests;
using FieldMedic.Cli.Tests.Store;
using FieldMedic.Server.Tests.Harness;

namespace FieldMedic.Server.Tests.Serve;

/// <summary>Three real nodes on a real PostgreSQL and a real Redis.</summary>
public sealed class ClusterTests(PostgresFixture postgres, RedisFixture redis) : IClassFixture<PostgresFixture>, IClassFixture<RedisFixture>
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_WithThreeNodes_IsFixedOnce()
    {
        await using var cluster = await ClusterDesk.OpenAsync(postgres, redis);
        await StartAsync(cluster, 3);
        cluster.Desk.Door(isOpen: false);

        var number = cluster.Desk.FileIssue("The door is stuck");
        await ClosedAsync(cluster, number);

        FixedOnce(cluster, number);
    }

    [Fact]
    public async Task Nodes_KilledOneAfterTheOther_AreGoneOnForByTheLast()
    {
        await using var cluster = await ClusterDesk.OpenAsync(postgres, redis, window: "4s");
        await StartAsync(cluster, 3);
        cluster.Desk.Door(isOpen: false);

        var number = cluster.Desk.FileIssue("The door is stuck");
        await cluster.Desk.GitHub.Store.WhenIssueAsync(Desk.Repository, number, i => i.Comments.Count > 0, Token).WaitAsync(Deadline, Token);
        var first = await cluster.DriverAsync().WaitAsync(Deadline, Token);
        first.Process.Kill();
        var second = await cluster.DriverAsync(first).WaitAsync(Deadline, Token);
        second.Process.Kill();
        await ClosedAsync(cluster, number);

        FixedOnce(cluster, number);
        (await cluster.SqlAsync("SELECT count(*) FROM incidents")).ShouldBe("1");
    }

    [Fact]
    public async Task Node_FrozenBeforeItActs_DoesNotActWhenItWakes()
    {
        await using var cluster = await ClusterDesk.OpenAsync(postgres, redis);
        cluster.PutGate();
        await StartAsync(cluster, 3);
        cluster.Desk.Door(isOpen: false);

        // It is about to hear that the door is shut, and would open it.
        var number = cluster.Desk.FileIssue("The door is stuck");
        var frozen = await cluster.LookingAsync().WaitAsync(Deadline, Token);
        await ClusterDesk.FreezeAsync(frozen, isFrozen: true);
        cluster.OpenGate();
        await ClosedAsync(cluster, number);
        await ClusterDesk.FreezeAsync(frozen, isFrozen: false);
        await ClusterDesk.GaveUpAsync(frozen).WaitAsync(Deadline, Token);

        FixedOnce(cluster, number);
    }

    [Fact]
    public async Task Node_CutOffFromTheDatabase_StopsAndAnotherGoesOn()
    {
        await using var cluster = await ClusterDesk.OpenAsync(postgres, redis);
        using var relay = new Relay(postgres.Server.Port);
        cluster.PutGate();
        var cutOff = await cluster.StartAsync(relay.Port);
        cluster.Desk.Door(isOpen: false);

        var number = cluster.Desk.FileIssue("The door is stuck");
        (await cluster.LookingAsync().WaitAsync(Deadline, Token)).ShouldBe(cutOff);
        await StartAsync(cluster, 2);
        relay.Cut();
        cluster.OpenGate();
        await ClusterDesk.GaveUpAsync(cutOff).WaitAsync(Deadline, Token);
        await ClosedAsync(cluster, number);

        cutOff.Process.HasExited.ShouldBeFalse();
        FixedOnce(cluster, number);
    }

    private static async Task StartAsync(ClusterDesk cluster, int nodes)
    {
        for (var i = 0; i < nodes; i++)
        {
            await cluster.StartAsync();
        }
    }

    private static async Task ClosedAsync(ClusterDesk cluster, int number)
        => await cluster.Desk.GitHub.Store.WhenIssueAsync(Desk.Repository, number, i => i.State == "closed", Token).WaitAsync(Deadline, Token);

    private static void FixedOnce(ClusterDesk cluster, int number)
    {
        cluster.Desk.Effects().ShouldBe(1);
        cluster.Desk.GitHub.Store.GetIssue(Desk.Repository, number).Comments.ShouldHaveSingleItem();
    }
}
