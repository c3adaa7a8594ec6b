using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Mcp.Answers;
using ModelContextProtocol;

namespace FieldMedic.Mcp.Tools;

/// <summary>Tells a client that asked for it how a run goes on, in words of ours only. It also keeps the client's time-out from striking.</summary>
internal sealed class ToolProgress(IProgress<ProgressNotificationValue> progress) : IFlowObserver
{
    private int _step;

    public void StageEntered(Incident incident, IncidentStage stage) => Tell(Words.Of(stage)!);

    public void Appended(Incident incident, JournalEntry entry)
    {
        if (entry.Event is IncidentEvent.ActionStarted { Action.Remedy: var remedy })
        {
            Tell($"action {remedy}");
        }
    }

    public void Sampled(Incident incident, TimeSpan quietFor, TimeSpan window, string? notYet)
        => Tell(notYet is null ? $"good for {quietFor.TotalSeconds:0} s of {window.TotalSeconds:0} s" : "not good yet");

    private void Tell(string message) => progress.Report(new ProgressNotificationValue { Progress = ++_step, Message = message });
}
