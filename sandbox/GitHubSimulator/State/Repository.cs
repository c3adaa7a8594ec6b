using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace GitHubSimulator.State;

/// <summary>One repository at one moment. Never changed, only replaced.</summary>
public sealed record Repository
{
    public required long Id { get; init; }
    public required string Owner { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public ImmutableList<Label> Labels { get; init; } = [];
    public ImmutableList<Milestone> Milestones { get; init; } = [];

    /// <summary>Issues by number. Kept in files of their own.</summary>
    [JsonIgnore]
    public ImmutableSortedDictionary<int, Issue> Issues { get; init; } = ImmutableSortedDictionary<int, Issue>.Empty;

    /// <summary><c>owner/name</c>.</summary>
    [JsonIgnore]
    public string FullName => $"{Owner}/{Name}";

    internal Issue? Issue(int number) => Issues.GetValueOrDefault(number);

    internal Label? Label(string name) =>
        Labels.Find(label => string.Equals(label.Name, name, StringComparison.OrdinalIgnoreCase));

    internal Label? Label(long id) => Labels.Find(label => label.Id == id);

    internal IEnumerable<Label> LabelsOf(Issue issue) => issue.LabelIds.Select(Label).OfType<Label>();

    internal Milestone? MilestoneOf(Issue issue) => Milestones.Find(milestone => milestone.Number == issue.Milestone);

    internal (Issue Issue, Comment Comment)? Comment(long id)
    {
        foreach (var issue in Issues.Values)
        {
            if (issue.Comments.Find(comment => comment.Id == id) is { } comment)
            {
                return (issue, comment);
            }
        }

        return null;
    }

    internal Repository With(Issue issue) => this with { Issues = Issues.SetItem(issue.Number, issue) };
}
