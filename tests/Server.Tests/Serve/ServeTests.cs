using System.Text.Json;
using FieldMedic.Cli.Tests;
using FieldMedic.Server.Tests.Harness;
using GitHubSimulator.State;
using GitHubSimulator.Webhooks;

namespace FieldMedic.Server.Tests.Serve;

/// <summary>The real binary, a stand-in that sends real webhooks, and a small system that is really repaired.</summary>
[Collection(nameof(Alone))]
public sealed class ServeTests
{
    private const string Repository = Desk.Repository;
    private const string Us = "fieldmedic-bot";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_OpenedWithWebhook_IsSeenFixedAndClosedWithNobodyTyping()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);

        var number = desk.FileIssue("The door is stuck");
        var closed = await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsDone, Token);

        ShouldBeSeenFirst(desk, number);
        closed.ClosedBy.ShouldBe(Us);
        closed.Comments.ShouldHaveSingleItem().Body.ShouldContain("door.open");
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Issues_FiveAtOnceWhileAnotherIsRepairedAndWritesAreSpaced_AreAllSeenWithinASecond()
    {
        await using var desk = await Desk.OpenAsync(window: "3s");
        desk.Environment["FIELDMEDIC_WRITE_SPACING"] = "1";
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var first = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, first, i => i.Comments.Count > 0, Token);

        var crowd = Enumerable.Range(0, 5).Select(_ => desk.FileIssue("Door shut, nobody gets in")).ToList();
        foreach (var number in crowd.Prepend(first))
        {
            await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsDone, Token);
            ShouldBeSeenFirst(desk, number);
        }

        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Storm_OfComplaintsDuringARepair_IsOneIncidentWithAnAnswerForEach()
    {
        const int Many = 120;
        await using var desk = await Desk.OpenAsync();
        desk.Write("pack/pack.yaml", (await File.ReadAllTextAsync(Path.Combine(desk.Pack, "pack.yaml"), Token)).Replace("target: door }", "target: door }, budget: 2m", StringComparison.Ordinal));
        // The repair takes until all have come.
        desk.Write("pack/open.sh", "while [ ! -e all-there ]; do sleep 0.1; done\necho opened >> effects.log\ncp open.json state.json\n");
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var first = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, first, i => i.Comments.Count > 0, Token);

        var crowd = Enumerable.Range(0, Many).Select(_ => desk.FileIssue("Door shut, nobody gets in")).ToList();
        for (var i = 0; i < Many; i++)
        {
            await serve.LineAsync("attached");
        }

        desk.Write("pack/all-there", "");
        foreach (var number in crowd.Prepend(first))
        {
            (await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsDone, Token)).Comments.Count.ShouldBe(1);
        }

        desk.Effects().ShouldBe(1);
        await serve.StopAsync();
        var incidents = await desk.RunAsync("incidents", "--json");
        incidents.Json.GetProperty("incidents").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Issue_OpenedWithWebhookLost_IsFoundByThePoller()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk, "--poll", "500ms");
        desk.GitHub.Webhooks.Disturb(new Disturbance { Lose = 1000 });
        desk.Door(isOpen: false);

        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => IsSeen(i) && IsDone(i), Token);

        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Issue_PollerAndWebhooksDoubledAndReversed_IsAnsweredOnce()
    {
        await using var desk = await Desk.OpenAsync(window: "3s");
        await using var serve = await ServeProcess.StartAsync(desk, "--poll", "500ms");
        desk.GitHub.Webhooks.Disturb(new Disturbance { Reverse = 2, Duplicate = 50 });
        desk.Door(isOpen: false);

        var first = desk.FileIssue("The door is stuck");
        var second = desk.FileIssue("Door shut, nobody gets in");
        await desk.GitHub.Store.WhenIssueAsync(Repository, first, IsDone, Token);
        await desk.GitHub.Store.WhenIssueAsync(Repository, second, IsDone, Token);
        // One more after all of it: when that is done, everything before was worked off.
        var last = desk.FileIssue("Please check status");
        await desk.GitHub.Store.WhenIssueAsync(Repository, last, IsDone, Token);
        await serve.StopAsync();

        desk.Effects().ShouldBe(1);
        desk.GitHub.Store.GetIssue(Repository, first).Comments.Count.ShouldBe(1);
        desk.GitHub.Store.GetIssue(Repository, second).Comments.Count.ShouldBe(1);
        desk.GitHub.Store.GetIssue(Repository, last).Comments.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Issue_OfABot_IsLeftAlone()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);

        var bots = desk.GitHub.Store.OpenIssue(Repository, "monitor[bot]", "The door is stuck").Number;
        var ours = desk.GitHub.Store.OpenIssue(Repository, Us, "The door is stuck").Number;
        var persons = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, persons, IsDone, Token);

        foreach (var number in new[] { bots, ours })
        {
            var issue = desk.GitHub.Store.GetIssue(Repository, number);
            issue.Comments.ShouldBeEmpty();
            issue.Reactions.ShouldBeEmpty();
            issue.State.ShouldBe("open");
        }
    }

    [Fact]
    public async Task Kill_InTheMiddle_TheNextStartFinishesWithoutTheWebhook()
    {
        await using var desk = await Desk.OpenAsync(window: "4s");
        desk.Door(isOpen: false);
        int number;
        await using (var serve = await ServeProcess.StartAsync(desk))
        {
            number = desk.FileIssue("The door is stuck");
            await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.Comments.Count > 0, Token);
            serve.Process.Kill();
            await serve.Process.WaitForExitAsync(Token);
        }

        desk.GitHub.Store.GetIssue(Repository, number).State.ShouldBe("open");
        desk.GitHub.Webhooks.Target(null);
        await using var again = await ServeProcess.StartAsync(desk);
        var closed = await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsDone, Token);

        closed.Comments.ShouldHaveSingleItem();
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Stop_InTheMiddle_EndsWithin10sAndTheNextStartFinishes()
    {
        await using var desk = await Desk.OpenAsync(window: "60s");
        desk.Door(isOpen: false);
        int number;
        await using (var serve = await ServeProcess.StartAsync(desk))
        {
            number = desk.FileIssue("The door is stuck");
            await desk.GitHub.Store.WhenIssueAsync(Repository, number, i => i.Comments.Count > 0, Token);
            var (code, took) = await serve.StopAsync();

            code.ShouldBe(0, await serve.ErrorAsync());
            took.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }

        desk.Write("pack/pack.yaml", (await File.ReadAllTextAsync(Path.Combine(desk.Pack, "pack.yaml"), Token)).Replace("window: 60s", "window: 1s", StringComparison.Ordinal));
        await using var again = await ServeProcess.StartAsync(desk);
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsDone, Token);
        desk.Effects().ShouldBe(1);
    }

    [Fact]
    public async Task Human_ReopensAfterTheFix_IsEscalatedNotClosedAgain()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var number = desk.FileIssue("The door is stuck");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsDone, Token);

        // The times of the tracker have whole seconds: the incident must be older than the reopening by more than that.
        desk.GitHub.Store.ReopenIssue(Repository, number, "ada");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, _ => desk.GitHub.Store.LabelsOf(Repository, number).Any(l => l.StartsWith("needs-", StringComparison.Ordinal)), Token);

        desk.GitHub.Store.GetIssue(Repository, number).State.ShouldBe("open");
    }

    [Fact]
    public async Task Hold_LiftedByALabel_IsTakenUp()
    {
        await using var desk = await Desk.OpenAsync();
        await using var serve = await ServeProcess.StartAsync(desk);
        desk.Door(isOpen: false);
        var number = desk.GitHub.Store.OpenIssue(Repository, "ada", "The door is stuck", null, "hold").Number;
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsSeen, Token);
        await serve.LineAsync("(IssueOpened, issue 1): held");

        desk.GitHub.Store.RemoveLabel(Repository, number, "ada", "hold");
        desk.GitHub.Store.AddLabel(Repository, number, "ada", "go");
        await desk.GitHub.Store.WhenIssueAsync(Repository, number, IsDone, Token);
    }

    /// <summary>By what the stand-in noted: from sending the delivery off to the reaction's arrival, and the reaction before every other write on the issue.</summary>
    private static void ShouldBeSeenFirst(Desk desk, int number)
    {
        var path = $"/repos/{Repository}/issues/{number}";
        var first = desk.GitHub.Requests.Writes.First(w => w.Path.StartsWith(path, StringComparison.Ordinal) && w.Path[path.Length..] is "" or ['/', ..]);
        (first.Path, first.Body).ShouldBe(($"{path}/reactions", """{"content":"eyes"}"""));
        var sent = desk.GitHub.Webhooks.Sent.First(s => s.Event == "issues" && IsAbout(s.Body, number));
        var took = first.At - sent.At!.Value;
        TestContext.Current.TestOutputHelper?.WriteLine($"issue {number}: seen {took.TotalMilliseconds:0} ms after the webhook was sent");
        took.ShouldBeLessThan(TimeSpan.FromSeconds(1));
    }

    private static bool IsAbout(string body, int number)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("issue").GetProperty("number").GetInt32() == number;
    }

    private static bool IsSeen(Issue issue) => issue.Reactions.Any(r => r.Content == "eyes" && r.Author == Us);

    private static bool IsDone(Issue issue) => issue.State == "closed";
}
