namespace GitHubSimulator.State;

/// <summary>What a person may do in a repository; each level includes the ones before it.</summary>
#pragma warning disable CA1711 // GitHub calls it so.
public enum Permission
#pragma warning restore CA1711
{
    /// <summary>The repository does not exist for this person.</summary>
    None,

    /// <summary>May read, open issues and comment.</summary>
    Read,

    /// <summary>May also label, close and reopen.</summary>
    Triage,

    /// <summary>May also manage labels and other people's comments.</summary>
    Write,

    Maintain,

    Admin,
}
