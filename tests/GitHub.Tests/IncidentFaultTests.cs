using FieldMedic.GitHub.Tests.Harness;
using FieldMedic.Testing;
using GitHubSimulator.Control;

namespace FieldMedic.GitHub.Tests;

/// <summary>
/// A whole incident on the stand-in, while one kind of request fails in one way, once or for as long as the run lasts; then GitHub is well again and
/// the same command is run again. However it went: one repair, one comment, one close, and the report stands.
/// </summary>
public sealed class IncidentFaultTests
{
    private static readonly Dictionary<string, (string Method, string Path)> Requests = new()
    {
        ["who"] = ("GET", "^/user$"),
        ["issue"] = ("GET", "/issues/1$"),
        ["comments"] = ("GET", "/issues/1/comments$"),
        ["history"] = ("GET", "/events$"),
        ["comment"] = ("POST", "/comments$"),
        ["edit"] = ("PATCH", "/comments/[0-9]+$"),
        ["labels"] = ("GET", "/labels"),
        ["make label"] = ("POST", "/maps/labels$"),
        ["put label"] = ("POST", "/issues/1/labels$"),
        ["close"] = ("PATCH", "/issues/1$"),
    };

    private static readonly Dictionary<string, Fault> Ways = new[] { 301, 400, 401, 403, 404, 410, 422, 429, 500, 502, 503, 504 }
        .ToDictionary(status => $"{status}", status => new Fault { Status = status })
        .Concat(new Dictionary<string, Fault>
        {
            ["cut"] = new() { Drop = true },
            ["cut after its effect"] = new() { Drop = true, AfterEffect = true },
            ["half an answer"] = new() { Half = true, AfterEffect = true },
            ["502 after its effect"] = new() { Status = 502, AfterEffect = true },
            ["secondary limit"] = new() { Status = 403, RetryAfter = 7 },
            ["long secondary limit"] = new() { Status = 403, RetryAfter = 600 },
            ["limit used up"] = new() { Status = 403, RateLimitReset = 600 },
        })
        .ToDictionary();

    public static TheoryData<string, string, int> Everything()
    {
        var data = new TheoryData<string, string, int>();
        foreach (var request in Requests.Keys)
        {
            foreach (var way in Ways.Keys)
            {
                data.Add(request, way, 1);
                data.Add(request, way, 10_000);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Support_RequestFails_ThenRunAgain_OneRepairOneCommentOneClose(string request, string way, int times)
    {
        await using var office = await Office.OpenAsync();
        var surgery = new Surgery(office);
        var (method, path) = Requests[request];
        office.GitHub.Faults.Add(Ways[way] with { Method = method, Path = path, Times = times });

        var first = await surgery.SupportAsync();
        office.GitHub.Faults.Clear();
        surgery.Time.Advance(TimeSpan.FromSeconds(601));
        var second = await surgery.SupportAsync();

        first.Outcome.ShouldBeOneOf(RunOutcome.Closed, RunOutcome.Failed);
        second.Outcome.ShouldBe(RunOutcome.Closed, $"{second.Message} after {first.Outcome}: {first.Message}");
        surgery.System.Effects.ShouldBe(["start worker-1"]);
        office.Now.Comments.ShouldHaveSingleItem().Body.ShouldContain("### ✅ Resolved");
        office.Now.Events.Count(e => e.Kind == "closed").ShouldBe(1);
        office.GitHub.Store.LabelsOf(Office.Repository, 1).ShouldContain("resolved");
    }

    [Fact]
    public async Task Support_TokenRevokedMidway_SaysSoAndGoesOnWithANewOne()
    {
        await using var office = await Office.OpenAsync();
        office.GitHub.Access.AddToken("ghp_old", Office.Us);
        office.GitHub.Access.AddToken("ghp_new", Office.Us);
        var token = "ghp_old";
        var surgery = new Surgery(office, () => token);
        office.GitHub.Faults.Add(new Fault { Status = 401, Skip = 5, Times = 10_000 });

        var first = await surgery.SupportAsync();
        office.GitHub.Faults.Clear();
        token = "ghp_new";
        var second = await surgery.SupportAsync();

        first.Outcome.ShouldBe(RunOutcome.Failed);
        first.Message.ShouldContain("expired or revoked");
        first.Message.ShouldNotContain("ghp_");
        second.Outcome.ShouldBe(RunOutcome.Closed);
        surgery.System.Effects.ShouldBe(["start worker-1"]);
        office.Now.Comments.ShouldHaveSingleItem();
    }
}
