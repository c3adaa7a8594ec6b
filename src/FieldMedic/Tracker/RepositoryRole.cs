namespace FieldMedic.Tracker;

/// <summary>What an account may do in a repository, by the tracker's own word; each role includes the ones before it.</summary>
public enum RepositoryRole
{
    /// <summary>No such account, or the repository is closed to it.</summary>
    None,

    Read,

    /// <summary>May label, close and reopen issues.</summary>
    Triage,

    Write,

    Maintain,

    Admin,
}
