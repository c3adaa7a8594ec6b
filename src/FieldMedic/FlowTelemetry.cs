using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using FieldMedic.Incidents;

namespace FieldMedic;

/// <summary>
/// Traces and metrics of the flow; docs/running.md lists them. Who listens is the host's business, and without a listener they cost nothing.
/// Tags come from the pack and from closed sets, never from an issue.
/// </summary>
public static class FlowTelemetry
{
    /// <summary>The name of both the activity source and the meter.</summary>
    public const string Name = "FieldMedic";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Opened = Meter.CreateCounter<long>("fieldmedic.incidents.opened", description: "Incidents opened.");
    private static readonly Counter<long> Reported = Meter.CreateCounter<long>("fieldmedic.incidents.reported", description: "Reports, by how the incident ended and why a person is needed.");
    private static readonly Counter<long> Acted = Meter.CreateCounter<long>("fieldmedic.actions", description: "Actions, by remedy and result.");
    private static readonly Counter<long> Judged = Meter.CreateCounter<long>("fieldmedic.verdicts", description: "Verdicts after repairs and answers.");
    private static readonly Counter<long> Wrong = Meter.CreateCounter<long>("fieldmedic.closures.false", description: "Closes that did not hold.");
    private static readonly Histogram<double> StageSeconds = Meter.CreateHistogram<double>("fieldmedic.stage.duration", "s", "How long a step of a stage took.", advice: new() { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300] });

    /// <summary>One step of a stage, from here to its disposal.</summary>
    internal static StageSpan Step(Incident incident)
        => new(Source.StartActivity(Word(incident.Stage))?.SetTag("fieldmedic.system", incident.System).SetTag("fieldmedic.incident", incident.Id.Value), incident.System, Word(incident.Stage));

    internal static void Count(Incident incident, IncidentEvent happened)
    {
        var system = new KeyValuePair<string, object?>("system", incident.System);
        switch (happened)
        {
            case IncidentEvent.IncidentOpened:
                Opened.Add(1, system);
                break;
            case IncidentEvent.ActionFinished e:
                Acted.Add(1, system, new("remedy", e.Action.Remedy), new("result", e.Succeeded ? "success" : "failure"));
                break;
            case IncidentEvent.ActionCutOff e:
                Acted.Add(1, system, new("remedy", e.Action.Remedy), new("result", "unknown"));
                break;
            case IncidentEvent.ActionRefused e:
                Acted.Add(1, system, new("remedy", e.Action.Remedy), new("result", "refused"));
                break;
            case IncidentEvent.Verified e:
                Judged.Add(1, system, new("verdict", Word(e.Verdict)));
                break;
            case IncidentEvent.ReportPrepared e:
                Reported.Add(1, system, new("outcome", Word(e.Outcome)), new("reason", e.Escalation is { } reason ? Word(reason) : ""));
                break;
            case IncidentEvent.Relapsed:
                Wrong.Add(1, system, new("by", "relapse"));
                break;
            case IncidentEvent.ClosureDisputed:
                Wrong.Add(1, system, new("by", "person"));
                break;
        }
    }

    private static string Word(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>Ends the activity and records how long it took.</summary>
    internal readonly struct StageSpan(Activity? activity, string system, string stage) : IDisposable
    {
        private readonly long _started = Stopwatch.GetTimestamp();

        public void Dispose()
        {
            activity?.Dispose();
            StageSeconds.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, new("system", system), new("stage", stage));
        }
    }
}
