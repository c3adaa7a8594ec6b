using FieldMedic.Incidents;
using FieldMedic.Journal;
using Spectre.Console;

namespace FieldMedic.Cli.Output;

/// <summary>One line as each stage begins and one for what came of it, with the time since the start.</summary>
internal sealed class ProgressLines(IAnsiConsole console, TimeProvider time, bool isVerbose) : IFlowObserver
{
    private readonly long _started = time.GetTimestamp();
    private string? _lastSample;
    private int _tick;

    public void StageEntered(Incident incident, IncidentStage stage)
    {
        _lastSample = null;
        _tick = 0;
        if (isVerbose)
        {
            Line("grey", stage.ToString(), "");
        }
    }

    public void Appended(Incident incident, JournalEntry entry)
    {
        var (colour, word, text) = entry.Event switch
        {
            IncidentEvent.IncidentOpened => ("blue", "opened", $"{incident.Id} on {incident.System}"),
            IncidentEvent.IssueAttached e => ("blue", "attached", e.Issue.ToString()),
            IncidentEvent.FlowResumed e => ("yellow", "resumed", $"an earlier run ended in {e.At}; looking again"),
            IncidentEvent.Diagnosed e => e.Findings.Count == 0
                ? (e.Snapshot.IsObservable ? "green" : "red", "diagnosed", e.Snapshot.IsObservable ? $"no problem found ({e.Snapshot.Observations.Count} observations)" : "the system cannot be observed")
                : ("red", "diagnosed", string.Join("; ", e.Findings.Select(f => $"{f.Key}: {f.Title}"))),
            IncidentEvent.Decided e => ("blue", "decided", Words.Of(e.Decision)),
            IncidentEvent.ActionStarted e => ("blue", "acting", $"{e.Action.Remedy} on {e.Action.Target}"),
            IncidentEvent.ActionFinished e => (e.Succeeded ? "green" : "red", "acted", $"{e.Action.Remedy} on {e.Action.Target}: {e.Detail} ({Terminal.Seconds(e.Elapsed)})"),
            IncidentEvent.ActionCutOff e => ("yellow", "cut off", $"{e.Action.Remedy} on {e.Action.Target}: outcome unknown, {e.Detail}; looking again"),
            IncidentEvent.ActionRefused e => ("yellow", "refused", e.Detail),
            IncidentEvent.Stabilized e => (e.Quiet ? "green" : "yellow", "stabilized", e.Quiet ? $"good for {Terminal.Seconds(e.Window)}, {e.Samples} samples" : e.Reason),
            IncidentEvent.Verified e => (e.Proof is null ? "yellow" : "green", "verified", e.Reason.Length == 0 ? e.Verdict.ToString() : $"{e.Verdict}: {e.Reason}"),
            IncidentEvent.ReportPosted e => ("blue", "reported", e.Issue.ToString()),
            IncidentEvent.IssueClosed e => ("green", "closed", e.Issue.ToString()),
            IncidentEvent.Escalated e => ("yellow", "escalated", $"{e.Issue}: {e.Reason}"),
            IncidentEvent.IssueLeft e => ("yellow", "left", $"{e.Issue}: {e.Why}"),
            IncidentEvent.ReportDeferred e => ("red", "deferred", e.Reason),
            IncidentEvent.Relapsed e => ("red", "relapsed", e.Finding.Title),
            IncidentEvent.IssueReopened e => ("red", "reopened", e.Issue.ToString()),
            _ => ("grey", "", ""),
        };
        if (word.Length > 0)
        {
            Line(colour, word, text);
        }
    }

    public void Sampled(Incident incident, TimeSpan quietFor, TimeSpan window, string? notYet)
    {
        // One line when something changes, and a sign of life every ten samples.
        if (notYet != _lastSample || _tick % 10 == 0)
        {
            Line("grey", "watching", notYet ?? $"good for {Terminal.Seconds(quietFor)} of {Terminal.Seconds(window)}");
        }

        _lastSample = notYet;
        _tick++;
    }

    private void Line(string colour, string word, string text)
        => console.MarkupLine($"[grey]{time.GetElapsedTime(_started).TotalSeconds,6:0.0} s[/]  [{colour}]{word,-10}[/] {Terminal.Safe(text)}");
}
