using System.Globalization;

namespace FieldMedic.Dashboard.Export;

/// <summary>The action log as a file for a spreadsheet (RFC 4180, UTF-8).</summary>
internal static class ActionCsv
{
    public static async Task WriteAsync(HttpContext context)
    {
        var services = context.RequestServices;
        var (source, journal, _) = services.GetRequiredService<ShownSystems>().Asked(context);
        var query = context.Request.Query;
        var rows = ActionFilter.Of(query["q"], query["result"], query["days"]).Apply(journal.Current.Incidents, services.GetRequiredService<TimeProvider>().GetUtcNow());
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"actions-{source.Pack.System}.csv\"";
        await LineAsync("time", "incident", "remedy", "kind", "service", "target", "result", "details").ConfigureAwait(false);
        foreach (var row in rows)
        {
            await LineAsync(
                row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
                row.Incident.Value,
                row.Remedy,
                row.Kind,
                row.Service ?? "",
                source.Redactor.Plain(row.Target),
                Pages.Words.Result(row.Succeeded),
                source.Redactor.Plain(row.Details)).ConfigureAwait(false);
        }

        Task LineAsync(params string[] cells) => context.Response.WriteAsync(string.Join(',', cells.Select(Cell)) + "\r\n", context.RequestAborted);
    }

    /// <summary>Quoted; and what a spreadsheet would take for a formula gets an apostrophe before it, also behind blanks.</summary>
    internal static string Cell(string text)
    {
        var isFormula = text.TrimStart(' ', '\t', '\r', '\n', '\u00a0', '\ufeff') is ['=' or '+' or '-' or '@' or '\uff1d' or '\uff0b' or '\uff0d' or '\uff20', ..] || text is ['\t' or '\r' or '\n', ..];
        return $"\"{(isFormula ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
