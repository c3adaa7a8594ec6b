using FieldMedic.Journal;

namespace FieldMedic.Storage;

/// <summary>A store that can copy itself into a file while it is in use.</summary>
public interface IFileBackup
{
    /// <summary>Copies the journal into a new file, and its inbox beside it; gives the files.</summary>
    /// <exception cref="JournalException">It cannot be copied, or there is such a file.</exception>
    Task<IReadOnlyList<string>> BackupAsync(string file, CancellationToken cancellationToken);
}
