using System.Net;

namespace FieldMedic.Cluster;

/// <summary>What a node of the cluster is told.</summary>
public sealed record ClusterSettings
{
    /// <summary>
    /// How long a node's lease of a system lasts: others go on so soon after its end, and cut off from the database for so long it stops by itself.
    /// Renewed four times in that time.
    /// </summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(4);

    /// <summary>The systems under care; every node of a cluster has the same ones, and a Redis database serves one cluster.</summary>
    public required IReadOnlyList<string> Systems { get; init; }

    /// <summary>Where membership and reminders are kept.</summary>
    public required RedisAddress Redis { get; init; }

    /// <summary>Where the other nodes reach this one.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>How often one node looks after the incidents and the unfinished deliveries.</summary>
    public required TimeSpan LookEvery { get; init; }
}
