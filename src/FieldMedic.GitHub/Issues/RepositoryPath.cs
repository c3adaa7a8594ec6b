using System.Globalization;
using System.Text.RegularExpressions;
using FieldMedic.Incidents;
using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Issues;

/// <summary>Paths of the API. Names are checked first, so none can climb out of its place.</summary>
internal static partial class RepositoryPath
{
    public static string Of(string repository)
    {
        ArgumentNullException.ThrowIfNull(repository);
        return Name().IsMatch(repository) && !repository.EndsWith("/.", StringComparison.Ordinal) && !repository.EndsWith("/..", StringComparison.Ordinal)
            ? $"repos/{repository}"
            : throw new TrackerException(TrackerFailure.Invalid, $"\"{repository}\" is no repository name. Write it as owner/name (GITHUB_REPOSITORY).");
    }

    public static string Of(IssueRef issue)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return string.Create(CultureInfo.InvariantCulture, $"{Of(issue.Repository)}/issues/{issue.Number}");
    }

    public static string Comment(IssueRef issue, long id)
        => string.Create(CultureInfo.InvariantCulture, $"{Of(issue.Repository)}/issues/comments/{id}");

    public static string Permission(IssueRef issue, string login)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return $"{Of(issue.Repository)}/collaborators/{Uri.EscapeDataString(login)}/permission";
    }

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9_-]*/[A-Za-z0-9._-]+\z")]
    private static partial Regex Name();
}
