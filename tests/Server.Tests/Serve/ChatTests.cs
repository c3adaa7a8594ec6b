using FieldMedic.Cli.Tests;
using FieldMedic.Server.Tests.Harness;
using GitHubSimulator.State;

namespace FieldMedic.Server.Tests.Serve;

/// <summary>People's comments, as webhooks bring them to the real binary.</summary>
public sealed class ChatTests
{
    private const string Repository = Desk.Repository;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Approve_ByAMaintainer_RunsThePlanThatWaitsAndByNobodyElse()
    {
        await using var desk = await Desk.OpenAsync();
        await ChangePolicyAsync(desk, "autonomy: approve");
        desk.GitHub.Access.Grant(Repository, "mara", Permission.Write);
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.Comments.Any(c => c.Body.Contains("/medic approve", StringComparison.Ordinal)), Token);

        var strangers = Say(desk, number, "ada", "/medic approve");
        await ReactedAsync(desk, number, strangers, "confused");
        desk.Effects().ShouldBe(0);
        Say(desk, number, "mara", "/medic approve");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.State == "closed", Token);

        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Maintainer_TakesTheIssue_NothingIsDoneUntilTheySayResume()
    {
        await using var desk = await Desk.OpenAsync();
        desk.GitHub.Access.Grant(Repository, "mara", Permission.Write);
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        desk.GitHub.Store.AssignIssue(Repository, number, "mara", "mara");
        await using var serve = await ServeProcess.StartAsync(desk);
        // It was opened before anybody listened; reopening brings it up.
        desk.GitHub.Store.CloseIssue(Repository, number, "ada");
        desk.GitHub.Store.ReopenIssue(Repository, number, "ada");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.Comments.Any(c => c.Body.Contains("`mara` did something on this issue", StringComparison.Ordinal)), Token);

        var strangers = Say(desk, number, "ada", "/medic resume");
        await ReactedAsync(desk, number, strangers, "confused");
        desk.Effects().ShouldBe(0);
        Say(desk, number, "mara", "/medic resume");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.State == "closed", Token);

        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Close_ByAMaintainer_ClosesOnThatWordAndSaysThatNothingIsProved()
    {
        await using var desk = await Desk.OpenAsync();
        await ChangePolicyAsync(desk, "autonomy: observe");
        desk.GitHub.Access.Grant(Repository, "mara", Permission.Write);
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, _ => desk.GitHub.Store.LabelsOf(Repository, number).Any(l => l.StartsWith("needs-", StringComparison.Ordinal)), Token);

        Say(desk, number, "mara", "/medic close");
        var closed = await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.State == "closed", Token);

        closed.Comments.ShouldNotContain(c => c.Body.Contains('✅', StringComparison.Ordinal));
        desk.Effects().ShouldBe(0);
    }

    [Fact]
    public async Task StillBroken_AfterTheClose_OpensAFreshIncidentThatLeavesClosingToAHuman()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.State == "closed", Token);
        desk.Door(isOpen: false);

        Say(desk, number, "ada", "It is still broken.");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.State == "open" && desk.Effects() == 2, Token);
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, _ => desk.GitHub.Store.LabelsOf(Repository, number).Any(l => l.StartsWith("needs-", StringComparison.Ordinal)), Token);

        desk.GitHub.Store.GetIssue(Repository, number).State.ShouldBe("open");
        desk.GitHub.Store.GetIssue(Repository, number).Events.Count(e => e.Kind == "closed").ShouldBe(1);
    }

    private static long Say(Desk desk, int number, string login, string body) => desk.GitHub.Store.AddComment(Repository, number, login, body).Id;

    private static Task<Issue> ReactedAsync(Desk desk, int number, long comment, string reaction) => desk.GitHub.Store.WhenIssueAsync(
        Repository, number, i => i.Comments.Single(c => c.Id == comment).Reactions.Any(r => r.Content == reaction), Token);

    private static async Task ChangePolicyAsync(Desk desk, string more)
    {
        var pack = await File.ReadAllTextAsync(Path.Combine(desk.Pack, "pack.yaml"), Token);
        desk.Write("pack/pack.yaml", pack.Replace("policy: { ", $"policy: {{ {more}, ", StringComparison.Ordinal));
    }
}
