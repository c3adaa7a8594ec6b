using System.Text.Json;

namespace FieldMedic.GitHub.Wire;

/// <summary>An issue, or a pull request posing as one.</summary>
internal sealed record WireIssue(
    int Number,
    string Title,
    string? Body,
    WireUser? User,
    string State,
    IReadOnlyList<WireLabel>? Labels,
    Uri HtmlUrl,
    JsonElement? PullRequest);
