using FieldMedic.Tracker;

namespace FieldMedic.GitHub.Wire;

/// <summary>What an account may do in a repository: <c>admin</c>, <c>write</c>, <c>read</c> or <c>none</c>, and the role it has.</summary>
internal sealed record WirePermission(string Permission, string? RoleName = null)
{
    /// <summary>The older word maps maintain to write and triage to read; a role an organisation made up counts as its older word.</summary>
    public RepositoryRole Role => (RoleName, Permission) switch
    {
        (_, "admin") => RepositoryRole.Admin,
        ("maintain", "write") => RepositoryRole.Maintain,
        (_, "write") => RepositoryRole.Write,
        ("triage", "read") => RepositoryRole.Triage,
        (_, "read") => RepositoryRole.Read,
        _ => RepositoryRole.None,
    };
}
