using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Commands;

/// <summary>Runs the pack's fixed argv; nothing from anywhere else is added to it.</summary>
internal sealed class CommandAction(RemedySpec remedy, Pack pack, bool isSystemHere) : IRemedyAction
{
    private const string NotOverSsh = "not available over ssh: commands run on this machine, the system is on another";
    private readonly CommandRemedySettings _settings = (CommandRemedySettings)remedy.Settings;

    public string Remedy => remedy.Id;

    public Task<ActionTargets> ResolveAsync(Snapshot snapshot, string? service, CancellationToken cancellationToken)
        => Task.FromResult(!isSystemHere ? ActionTargets.None(NotOverSsh) : (_settings.Target ?? service) is { Length: > 0 } target ? ActionTargets.Of([target]) : ActionTargets.None("the remedy names no target"));

    public async Task<ActionResult> ExecuteAsync(PlannedAction action, CancellationToken cancellationToken)
    {
        if (!isSystemHere)
        {
            return new ActionResult(false, $"{NotOverSsh}; nothing was done");
        }

        var ran = await FixedCommand.RunAsync(_settings.Argv, pack.Folder, _settings.Env, cancellationToken).ConfigureAwait(false);
        return ran.ExitCode == 0 ? new ActionResult(true, "done") : new ActionResult(false, $"ended with {ran.ExitCode}: {ran.LastLine}");
    }
}
