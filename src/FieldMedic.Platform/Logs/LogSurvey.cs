namespace FieldMedic.Platform.Logs;

/// <summary>What the logs say.</summary>
/// <param name="Clusters">The most frequent first.</param>
/// <param name="Entries">Entries in the time asked for, by service.</param>
/// <param name="Cut">Containers of whose log not all was read, because of its length.</param>
public sealed record LogSurvey(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<LogCluster> Clusters, IReadOnlyDictionary<string, int> Entries, IReadOnlyList<string> Cut);
