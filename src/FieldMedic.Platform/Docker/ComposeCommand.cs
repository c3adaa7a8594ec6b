using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Docker;

/// <summary>Finds Docker Compose once: the v2 plugin, else the v1 binary, else none.</summary>
internal sealed class ComposeCommand
{
    private static readonly string[][] Known = [["docker", "compose"], ["docker-compose"]];
    private Task<IReadOnlyList<string>?>? _found;

    /// <summary>The start of its argv, or null when there is none on this machine.</summary>
    public Task<IReadOnlyList<string>?> FindAsync(CancellationToken cancellationToken)
        => _found is { IsFaulted: false, IsCanceled: false } known ? known : _found = SearchAsync(cancellationToken);

    private static async Task<IReadOnlyList<string>?> SearchAsync(CancellationToken cancellationToken)
    {
        foreach (var command in Known)
        {
            try
            {
                var ran = await FixedCommand.RunAsync([.. command, "version"], Environment.CurrentDirectory, new Dictionary<string, string>(), cancellationToken).ConfigureAwait(false);
                if (ran.ExitCode == 0)
                {
                    return command;
                }
            }
            catch (IOException)
            {
                // Not on this machine; try the next.
            }
        }

        return null;
    }
}
