namespace FieldMedic.Packs;

/// <summary>
/// One system under care, described by data. Loaded and validated by <c>FieldMedic.Packs</c>; by the time a stage sees it every
/// reference resolves, variables are expanded and problems declared <c>for_each</c> service are one problem a service.
/// </summary>
public sealed record Pack
{
    /// <summary>Id of the system; also names its lock. Lower-case letters, digits, <c>_ -</c>.</summary>
    public required string System { get; init; }

    /// <summary>Name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The pack's folder; commands of <c>command</c> probes run there.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Where Docker answers (<c>unix:///var/run/docker.sock</c>, <c>tcp://127.0.0.1:2375</c>, <c>ssh://user@host</c>); null when the pack
    /// uses no Docker.
    /// </summary>
    public string? Docker { get; init; }

    /// <summary>Settings of the connection when <see cref="Docker"/> is <c>ssh://</c>.</summary>
    public SshSpec Ssh { get; init; } = new();

    /// <summary>The compose project; null when the pack uses none.</summary>
    public string? ComposeProject { get; init; }

    public IReadOnlyDictionary<string, ServiceSpec> Services { get; init; } = new Dictionary<string, ServiceSpec>();

    public required IReadOnlyList<ProbeSpec> Probes { get; init; }

    /// <summary>In file order; ranking by root cause happens in Diagnose.</summary>
    public required IReadOnlyList<ProblemSpec> Problems { get; init; }

    public IReadOnlyDictionary<string, RemedySpec> Remedies { get; init; } = new Dictionary<string, RemedySpec>();

    public IReadOnlyList<ComplaintSpec> Complaints { get; init; } = [];

    /// <summary>Words of like meaning in all languages, by the name that symptoms use for them.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Vocabulary { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>What users do that many parts have to work together for.</summary>
    public IReadOnlyList<ChainSpec> Chains { get; init; } = [];

    /// <summary>What must hold besides the problems being gone, before anything is called fixed: the user's path answers.</summary>
    public IReadOnlyList<Condition> Healthy { get; init; } = [];

    /// <summary>Observations shown in a status answer.</summary>
    public IReadOnlyList<string> Status { get; init; } = [];

    public PolicySpec Policy { get; init; } = new();

    /// <summary>Who is mentioned: role (<c>admin</c>, <c>developer</c>, …) → GitHub logins without <c>@</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Contacts { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Words that may appear in public although they look private (a public host name).</summary>
    public IReadOnlyList<string> Public { get; init; } = [];
}
