namespace FieldMedic.Platform.Guards;

/// <summary>What watches a system and keeps it up.</summary>
/// <param name="Sentinels">Where FieldMedic itself is set to watch on this machine: units, timers, cron files, running processes.</param>
/// <param name="IsLocal">Whether this machine could be looked at; the containers may run on another one.</param>
public sealed record GuardSurvey(IReadOnlyList<ServiceGuard> Services, IReadOnlyList<CronJob> CronJobs, IReadOnlyList<string> Sentinels, bool IsLocal);
