namespace FieldMedic.Journal;

/// <summary>The kill switch, kept durably beside the journal. Failures throw <see cref="JournalException"/> and count as paused.</summary>
public interface IControls
{
    /// <summary>Who paused this system (or everything) and why; null when nothing is paused.</summary>
    Task<string?> PausedAsync(string system, CancellationToken cancellationToken);

    /// <summary>Pauses one system, or everything with <c>*</c>.</summary>
    Task PauseAsync(string system, string by, CancellationToken cancellationToken);

    Task ResumeAsync(string system, string by, CancellationToken cancellationToken);

    /// <summary>Who paused and resumed this system, or everything, newest first; what changed nothing is not in it. At most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<ControlChange>> HistoryAsync(string system, int limit, CancellationToken cancellationToken);
}
