using System.Text.Json;
using FieldMedic.GitHub.Issues;
using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.Tracker;
using GitHubSimulator.State;

namespace FieldMedic.GitHub.Tests;

public sealed class WriteTests
{
    [Fact]
    public async Task EditComment_OfOurs_ChangesItInPlace()
    {
        await using var office = await Office.OpenAsync();
        var id = await office.Tracker.CreateCommentAsync(office.Ref, "working", Office.Cancel);
        await office.Tracker.EditCommentAsync(office.Ref, id, "done", Office.Cancel);
        office.Now.Comments.ShouldHaveSingleItem().ShouldSatisfyAllConditions(c => c.Id.ShouldBe(id), c => c.Body.ShouldBe("done"), c => c.Author.ShouldBe(Office.Us));
    }

    [Fact]
    public async Task EditComment_Deleted_IsNotFound()
    {
        await using var office = await Office.OpenAsync();
        var id = await office.Tracker.CreateCommentAsync(office.Ref, "working", Office.Cancel);
        office.GitHub.Store.DeleteComment(Office.Repository, id, "acme");
        (await Office.FailAsync(() => office.Tracker.EditCommentAsync(office.Ref, id, "done", Office.Cancel))).Failure.ShouldBe(TrackerFailure.NotFound);
    }

    [Fact]
    public async Task CreateComment_TooLong_IsCutWithANote()
    {
        await using var office = await Office.OpenAsync();
        await office.Tracker.CreateCommentAsync(office.Ref, new string('x', 70_000), Office.Cancel);
        var body = office.Now.Comments.ShouldHaveSingleItem().Body;
        body.Length.ShouldBeInRange(65_000, CommentText.Longest);
        body.ShouldContain("too long for GitHub");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Cut_AmongEmoji_SplitsNone(int offset)
    {
        var cut = CommentText.Cut(new string('x', offset) + string.Concat(Enumerable.Repeat("🩺", 40_000)));
        cut.Length.ShouldBeLessThanOrEqualTo(CommentText.Longest);
        cut.EnumerateRunes().ShouldNotContain(System.Text.Rune.ReplacementChar);
    }

    [Fact]
    public async Task Close_WithMilestone_SendsTheStateOnly()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.SetMilestone(Office.Repository, office.Ref.Number, "acme", "v1");
        await office.Tracker.CloseAsync(office.Ref, Office.Proof, Office.Cancel);
        (office.Now.State, office.Now.StateReason, office.Now.ClosedBy).ShouldBe(("closed", "completed", Office.Us));
        office.GitHub.Store.MilestoneOf(Office.Repository, office.Ref.Number).ShouldBe("v1");
        office.GitHub.Requests.Writes.ShouldHaveSingleItem().Body.ShouldBe("""{"state":"closed","state_reason":"completed"}""");
    }

    [Fact]
    public async Task ChangeLabels_AddAndRemove_LeavesOthersAlone()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.AddLabel(Office.Repository, office.Ref.Number, "acme", "escalated");
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["resolved"], ["escalated", "needs-admin"], Office.Cancel);
        office.GitHub.Store.LabelsOf(Office.Repository, office.Ref.Number).ShouldBe(["bug", "resolved"], ignoreOrder: true);
        office.GitHub.Requests.Writes.ShouldContain(r => r.Method == "POST" && r.Path == "/repos/acme/maps/labels" && r.Body.Contains("2da44e"));
        office.Sent("DELETE", "/labels/needs-admin").ShouldBe(0);
    }

    [Theory]
    [InlineData("resolved")]
    [InlineData("escalated")]
    [InlineData("needs-admin")]
    [InlineData("needs-developer")]
    [InlineData("needs-manual-review")]
    [InlineData("hold")]
    [InlineData("stand-back")]
    public async Task ChangeLabels_RepositoryLacksIt_MakesItWithColourAndDescription(string name)
    {
        await using var office = await Office.OpenAsync();

        await office.Tracker.ChangeLabelsAsync(office.Ref, [name], [], Office.Cancel);

        using var made = JsonDocument.Parse(office.GitHub.Requests.Writes.Single(r => r.Path == "/repos/acme/maps/labels").Body);
        made.RootElement.GetProperty("name").GetString().ShouldBe(name);
        made.RootElement.GetProperty("color").GetString()!.ShouldMatch("^[0-9a-f]{6}$");
        made.RootElement.GetProperty("description").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task ChangeLabels_RepositoryHasItInItsOwnColour_IsLeftSo()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Store.AddLabel(Office.Repository, office.Ref.Number, "acme", "resolved");
        office.GitHub.Store.RemoveLabel(Office.Repository, office.Ref.Number, "acme", "resolved");

        await office.Tracker.ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel);

        office.GitHub.Requests.Writes.ShouldNotContain(r => r.Path == "/repos/acme/maps/labels" || r.Method == "PATCH");
    }

    [Fact]
    public async Task ChangeLabels_Twice_WritesNothingTheSecondTime()
    {
        await using var office = await Office.OpenAsync();
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["needs: a/b & ü?"], [], Office.Cancel);
        office.GitHub.Store.LabelsOf(Office.Repository, office.Ref.Number).ShouldContain("needs: a/b & ü?");
        office.GitHub.Requests.Clear();
        await office.Tracker.ChangeLabelsAsync(office.Ref, ["needs: a/b & ü?"], ["resolved"], Office.Cancel);
        office.GitHub.Requests.Writes.ShouldBeEmpty();
    }

    [Fact]
    public async Task ChangeLabels_RemovedMeanwhile_IsFine()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Faults.Add(new() { Method = "DELETE", Path = "/labels/bug$", Status = 404, AfterEffect = true });
        await office.Tracker.ChangeLabelsAsync(office.Ref, [], ["bug"], Office.Cancel);
        office.GitHub.Store.LabelsOf(Office.Repository, office.Ref.Number).ShouldBeEmpty();
    }

    [Fact]
    public async Task ChangeLabels_BelowTriage_SaysWhichRoleIsMissing()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.Grant(Office.Repository, "ada", Permission.Read);
        var failure = await Office.FailAsync(() => office.As("user:ada").ChangeLabelsAsync(office.Ref, ["resolved"], [], Office.Cancel));
        failure.Failure.ShouldBe(TrackerFailure.Forbidden);
        office.GitHub.Store.LabelsOf(Office.Repository, office.Ref.Number).ShouldBe(["bug"]);
    }
}
