using System.Text.RegularExpressions;

namespace GitHubSimulator.State;

/// <summary>The labels of a repository.</summary>
internal static partial class LabelChanges
{
    private const string DefaultColor = "ededed";

    public static (Repository, Outcome<Label>) CreateLabel(
        this Repository repository, string name, string? color, string? description, Change change)
    {
        if (Check(repository, name, color, except: null, change) is { } refusal)
        {
            return (repository, refusal);
        }

        var label = new Label(change.NextId(), name, color?.TrimStart('#') ?? DefaultColor, description, IsDefault: false);
        return (repository with { Labels = repository.Labels.Add(label) }, label);
    }

    public static (Repository, Outcome<Label>) EditLabel(
        this Repository repository, string name, string? newName, string? color, string? description, Change change)
    {
        if (repository.Label(name) is not { } label)
        {
            return (repository, Refusal.NotFound);
        }

        if (Check(repository, newName ?? name, color, label, change) is { } refusal)
        {
            return (repository, refusal);
        }

        var edited = label with
        {
            Name = newName ?? label.Name,
            Color = color?.TrimStart('#') ?? label.Color,
            Description = description ?? label.Description,
        };
        return (repository with { Labels = repository.Labels.Replace(label, edited) }, edited);
    }

    public static (Repository, Outcome<Label>) DeleteLabel(this Repository repository, string name, Change change)
    {
        if (repository.Label(name) is not { } label)
        {
            return (repository, Refusal.NotFound);
        }

        if (change.Permission < Permission.Write)
        {
            return (repository, Refusal.Forbidden);
        }

        foreach (var issue in repository.Issues.Values.Where(issue => issue.LabelIds.Contains(label.Id)))
        {
            repository = repository.With(issue with { LabelIds = issue.LabelIds.Remove(label.Id) });
        }

        return (repository with { Labels = repository.Labels.Remove(label) }, label);
    }

    private static Refusal? Check(Repository repository, string name, string? color, Label? except, Change change)
    {
        if (change.Permission < Permission.Write)
        {
            return Refusal.Forbidden;
        }

        if (string.IsNullOrWhiteSpace(name))
        {
            return Refusal.Invalid(new RefusalDetail("Label", "name", "missing_field"));
        }

        if (repository.Label(name) is { } taken && taken != except)
        {
            return Refusal.Invalid(new RefusalDetail("Label", "name", "already_exists"));
        }

        return color is not null && !ColorPattern().IsMatch(color)
            ? Refusal.Invalid(new RefusalDetail("Label", "color", "invalid"))
            : null;
    }

    [GeneratedRegex(@"\A#?[0-9A-Fa-f]{6}\z")]
    private static partial Regex ColorPattern();
}
