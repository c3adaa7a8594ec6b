using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Commands;

/// <summary>Runs the pack's fixed argv; nothing from anywhere else is added to it.</summary>
internal sealed class CommandAction(RemedySpec remedy, Pack pack) : IRemedyAction
{
    private readonly CommandRemedySettings _settings = (CommandRemedySettings)remedy.Settings;

    public string Remedy => remedy.Id;

    public Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
        => Task.FromResult((_settings.Target ?? service) is { Length: > 0 } target ? ActionTargets.Of([target]) : ActionTargets.None("the remedy names no target"));

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        var ran = await FixedCommand.RunAsync(_settings.Argv, pack.Folder, _settings.Env, cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0 ? new ActionResult(true, "done") : new ActionResult(false, $"ended with {ran.ExitCode}: {ran.LastLine}");
    }
}
