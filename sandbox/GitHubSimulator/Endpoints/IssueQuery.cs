using System.Globalization;
using GitHubSimulator.State;

namespace GitHubSimulator.Endpoints;

/// <summary>The filters of a list of issues.</summary>
internal sealed record IssueQuery
{
    private string State { get; init; } = IssueStates.Open;

    private IReadOnlyList<string> Labels { get; init; } = [];

    private string? Creator { get; init; }

    private string? Assignee { get; init; }

    private string? Milestone { get; init; }

    private DateTimeOffset? Since { get; init; }

    private string Sort { get; init; } = "created";

    private bool Ascending { get; init; }

    public static Outcome<IssueQuery> From(ApiRequest request)
    {
        var state = request.Query("state") ?? IssueStates.Open;
        var sort = request.Query("sort") ?? "created";
        var since = SinceOf(request);
        List<RefusalDetail> wrong = [];
        Note(state is IssueStates.Open or IssueStates.Closed or "all", "state", state);
        Note(sort is "created" or "updated" or "comments", "sort", sort);
        Note(request.Query("since") is null || since is not null, "since", request.Query("since"));
        if (wrong.Count > 0)
        {
            return Refusal.Invalid([.. wrong]);
        }

        return new IssueQuery
        {
            State = state,
            Labels = request.Query("labels")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            Creator = request.Query("creator"),
            Assignee = request.Query("assignee"),
            Milestone = request.Query("milestone"),
            Since = since,
            Sort = sort,
            Ascending = request.Query("direction") == "asc",
        };

        void Note(bool fits, string field, string? value)
        {
            if (!fits)
            {
                wrong.Add(new RefusalDetail("Issue", field, "invalid", Value: value));
            }
        }
    }

    /// <summary>The time of <c>since</c>, or null when there is none that can be read.</summary>
    public static DateTimeOffset? SinceOf(ApiRequest request) =>
        DateTimeOffset.TryParse(request.Query("since"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? since
            : null;

    public IEnumerable<Issue> Select(Repository repository)
    {
        var found = repository.Issues.Values.Where(issue => Fits(repository, issue));
        Func<Issue, long> key = Sort switch
        {
            "updated" => issue => issue.UpdatedAt.Ticks,
            "comments" => issue => issue.Comments.Count,
            _ => issue => issue.CreatedAt.Ticks,
        };
        return Ascending
            ? found.OrderBy(key).ThenBy(issue => issue.Number)
            : found.OrderByDescending(key).ThenByDescending(issue => issue.Number);
    }

    private bool Fits(Repository repository, Issue issue) =>
        (State == "all" || issue.State == State)
        && (Since is null || issue.UpdatedAt >= Since)
        && (Creator is null || Same(issue.Author, Creator))
        && (Assignee switch
        {
            null => true,
            "none" => issue.Assignees.IsEmpty,
            "*" => !issue.Assignees.IsEmpty,
            var login => issue.Assignees.Exists(known => Same(known, login)),
        })
        && (Milestone switch
        {
            null => true,
            "none" => issue.Milestone is null,
            "*" => issue.Milestone is not null,
            var number => number == issue.Milestone?.ToString(CultureInfo.InvariantCulture),
        })
        && Labels.All(wanted => repository.LabelsOf(issue).Any(label => Same(label.Name, wanted)));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
