using System.Globalization;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Dashboard.Export;

/// <summary>Which rows of the action log are wanted; the page and the file are asked for in the same words.</summary>
/// <param name="Text">Part of the incident, remedy, service or target.</param>
/// <param name="Result">success, failure or unknown; anything else is all.</param>
/// <param name="Days">How far back.</param>
internal sealed record ActionFilter(string Text, string Result, int Days)
{
    public static ActionFilter Of(string? text, string? result, string? days) => new(
        (text ?? "").Trim(),
        result is "success" or "failure" or "unknown" ? result : "",
        int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 90 ? number : 30);

    public string Query => $"q={Uri.EscapeDataString(Text)}&result={Result}&days={Days}";

    /// <summary>Newest first.</summary>
    public IEnumerable<ActionLogRow> Apply(IEnumerable<Incident> incidents, DateTimeOffset now) => incidents
        .Where(i => i.LastAt >= now.AddDays(-Days))
        .SelectMany(i => i.Actions.Select(a => new ActionLogRow(a.StartedAt, i.Id, a.Action.Remedy, a.Action.Kind, a.Action.Service, a.Action.Target, a.Succeeded, a.Detail)))
        .Where(a => a.At >= now.AddDays(-Days) && Fits(a))
        .OrderByDescending(a => a.At);

    private bool Fits(ActionLogRow row)
        => (Result.Length == 0 || Result == Pages.Words.Result(row.Succeeded))
            && (Text.Length == 0 || new[] { row.Incident.Value, row.Remedy, row.Service, row.Target }.Any(t => t?.Contains(Text, StringComparison.OrdinalIgnoreCase) == true));
}
