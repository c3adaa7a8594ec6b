namespace FieldMedic.Bench.Crash;

/// <summary>One kind of incident, and what has to come of it however often the process dies.</summary>
/// <param name="Broken">The services that are down.</param>
/// <param name="Effects">What may be done to the system, each exactly once, in this order.</param>
/// <param name="IsClosed">How the issue stands at the end.</param>
/// <param name="NeedsApproval">A maintainer says <c>/medic approve</c> when the plan waits.</param>
internal sealed record CrashCase(string Name, string Title, string[] Broken, string[] Effects, bool IsClosed, bool NeedsApproval = false)
{
    public static readonly IReadOnlyList<CrashCase> All =
    [
        new("worker_down", "The worker is down", ["worker"], ["worker"], true),
        new("database_down", "The database is down", ["db", "worker"], ["db", "worker"], true),
        new("escalation", "The oven is cold", ["oven"], [], false),
        new("approval", "The gate is shut", ["gate"], ["gate"], true, NeedsApproval: true),
    ];
}
