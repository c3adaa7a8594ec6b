using GitHubSimulator.State;

namespace FieldMedic.Cli.Tests;

/// <summary>The whole way of an approval: real processes, real HTTP to the stand-in, its permissions.</summary>
public sealed class ApprovalTests
{
    [Fact]
    public async Task Support_ReaderThenMaintainerApproves_RunsThePlanForTheSecondOnly()
    {
        await using var desk = await Desk.OpenAsync();
        desk.Write("pack/pack.yaml", File.ReadAllText(Path.Combine(desk.Pack, "pack.yaml")).Replace("policy: {", "policy: { autonomy: approve,", StringComparison.Ordinal));
        desk.Door(isOpen: false);
        desk.GitHub.Access.Grant(Desk.Repository, "grace", Permission.Maintain);
        desk.GitHub.Access.Grant(Desk.Repository, "triager", Permission.Triage);
        var number = desk.FileIssue("The door is stuck");

        var shown = await desk.RunAsync("support", $"{number}", "--json");
        foreach (var nobody in new[] { "ada", "triager" })
        {
            desk.GitHub.Store.AddComment(Desk.Repository, number, nobody, "/medic approve");
        }

        var refused = await desk.RunAsync("support", $"{number}", "--json");
        var told = desk.GitHub.Store.GetIssue(Desk.Repository, number).Comments[0].Body;
        var effects = desk.Effects();
        desk.GitHub.Store.AddComment(Desk.Repository, number, "grace", "/medic approve");
        var approved = await desk.RunAsync("support", $"{number}", "--json");

        (shown.Code, refused.Code, effects).ShouldBe((2, 2, 0), refused.All);
        told.ShouldContain("not approved: `ada` has no write access");
        told.ShouldContain("not approved: `triager` has no write access");
        approved.Code.ShouldBe(0, approved.All);
        var plan = shown.Json.GetProperty("plan").EnumerateArray().Select(a => (a.GetProperty("remedy").GetString(), a.GetProperty("target").GetString()));
        approved.Json.GetProperty("actions").EnumerateArray().Select(a => (a.GetProperty("remedy").GetString(), a.GetProperty("target").GetString())).ShouldBe(plan);
        desk.Effects().ShouldBe(1);
        desk.GitHub.Store.GetIssue(Desk.Repository, number).State.ShouldBe(IssueStates.Closed);
    }
}
