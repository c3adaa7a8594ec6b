using FieldMedic.Tracker;
using GitHubSimulator.Control;

namespace FieldMedic.GitHub.Tests.Harness;

/// <summary>Every call of the port, and the request a fault has to hit.</summary>
internal static class Calls
{
    public static string[] Names { get; } = ["read", "read-comments", "read-history", "comment", "edit", "add-label", "remove-label", "close", "reopen", "react", "react-comment"];

    public static async Task<(Func<Task> Run, Fault Fault)> PrepareAsync(string name, Office office)
    {
        var (tracker, issue, cancel) = (office.Tracker, office.Ref, Office.Cancel);
        switch (name)
        {
            case "read":
                return (() => tracker.GetIssueAsync(issue, cancel), new Fault { Method = "GET", Path = "/issues/1$" });
            case "read-comments":
                return (() => tracker.GetIssueAsync(issue, cancel), new Fault { Method = "GET", Path = "/issues/1/comments$" });
            case "read-history":
                return (() => tracker.GetIssueAsync(issue, cancel), new Fault { Method = "GET", Path = "/issues/1/events$" });
            case "comment":
                return (() => tracker.CreateCommentAsync(issue, "report", cancel), new Fault { Method = "POST", Path = "/comments$" });
            case "edit":
                var id = await tracker.CreateCommentAsync(issue, "working", cancel);
                return (() => tracker.EditCommentAsync(issue, id, "done", cancel), new Fault { Method = "PATCH", Path = "/comments/" });
            case "add-label":
                return (() => tracker.ChangeLabelsAsync(issue, ["resolved"], [], cancel), new Fault { Method = "POST", Path = "/issues/1/labels$" });
            case "remove-label":
                return (() => tracker.ChangeLabelsAsync(issue, [], ["bug"], cancel), new Fault { Method = "GET", Path = "/issues/1/labels$" });
            case "close":
                return (() => tracker.CloseAsync(issue, Office.Proof, cancel), new Fault { Method = "PATCH", Path = "/issues/1$" });
            case "reopen":
                return (() => tracker.ReopenAsync(issue, cancel), new Fault { Method = "PATCH", Path = "/issues/1$" });
            case "react":
                return (() => tracker.ReactAsync(issue, null, Reaction.Eyes, cancel), new Fault { Method = "POST", Path = "/issues/1/reactions$" });
            case "react-comment":
                var other = office.GitHub.Store.AddComment(Office.Repository, 1, "ada", "/medic help").Id;
                return (() => tracker.ReactAsync(issue, other, Reaction.Eyes, cancel), new Fault { Method = "POST", Path = "/comments/[0-9]+/reactions$" });
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such call.");
        }
    }
}
