using System.Text.RegularExpressions;

namespace GitHubSimulator.State;

/// <summary>Owner and name of a repository, checked. GitHub ignores case here and so does equality.</summary>
public sealed partial record RepositoryName
{
    private RepositoryName(string owner, string name)
    {
        Owner = owner;
        Name = name;
    }

    public string Owner { get; }

    public string Name { get; }

    /// <summary>Null when GitHub could have no such repository; such a name never reaches a file path.</summary>
    public static RepositoryName? From(string owner, string name) =>
        OwnerPattern().IsMatch(owner) && NamePattern().IsMatch(name) && name is not ("." or "..")
            ? new RepositoryName(owner, name)
            : null;

    /// <summary>Reads <c>owner/name</c>.</summary>
    /// <exception cref="FormatException">The text is no repository name.</exception>
    public static RepositoryName Parse(string fullName)
    {
        ArgumentNullException.ThrowIfNull(fullName);
        var parts = fullName.Split('/');
        return (parts.Length == 2 ? From(parts[0], parts[1]) : null)
            ?? throw new FormatException($"'{fullName}' is not of the form owner/name.");
    }

    public bool Equals(RepositoryName? other) =>
        other is not null && string.Equals(ToString(), other.ToString(), StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(ToString());

    public override string ToString() => $"{Owner}/{Name}";

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,38}\z")]
    private static partial Regex OwnerPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z")]
    private static partial Regex NamePattern();
}
