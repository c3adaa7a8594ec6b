using System.Globalization;
using System.Text.Json;
using FieldMedic.Incidents;
using FieldMedic.Kpis;

namespace FieldMedic.Dashboard.Pages;

/// <summary>Short wording for enums, times and figures.</summary>
internal static class Words
{
    public const string Nothing = "–";

    public static string Of(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    public static string Of(IncidentEvent happened) => JsonNamingPolicy.SnakeCaseLower.ConvertName(happened.GetType().Name).Replace('_', ' ');

    public static string Of(Decision decision) => decision switch
    {
        Decision.Escalate escalate => $"left to a person ({Of(escalate.Reason)})",
        Decision.Reply => "answer with the numbers",
        Decision.Confirm => "verify what was done",
        Decision.Hold hold => $"stand back ({Of(hold.Reason)})",
        _ => "a repair",
    };

    public static string State(Incident incident) => incident is { Outcome: { } outcome, Stage: IncidentStage.Watch or IncidentStage.Over } ? Of(outcome) : $"unfinished, in {Of(incident.Stage)}";

    public static string StateClass(Incident incident) => incident.Stage is not (IncidentStage.Watch or IncidentStage.Over)
        ? "warn"
        : incident.Outcome switch { IncidentOutcome.Closed or IncidentOutcome.Answered => "good", IncidentOutcome.Escalated => "bad", _ => "calm" };

    public static string Percent(Share share) => share.Percent is { } percent ? string.Create(CultureInfo.InvariantCulture, $"{percent:0.0} %") : Nothing;

    public static string Seconds(double? seconds) => seconds switch
    {
        null => Nothing,
        < 120 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"),
        < 7200 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60:0.0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:0.0} h"),
    };

    public static string Met(bool? isMet) => isMet switch { true => "met", false => "not met", null => "nothing to judge by" };

    public static string MetClass(bool? isMet) => isMet switch { true => "good", false => "bad", null => "calm" };

    public static string Result(bool? succeeded) => succeeded switch { true => "success", false => "failure", null => "unknown" };

    public static string ResultClass(bool? succeeded) => succeeded switch { true => "good", false => "bad", null => "warn" };

    /// <summary>The number of a page in a list, from an address.</summary>
    public static int Page(string? asked) => int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000 ? number : 1;
}
