using System.CommandLine;
using System.Globalization;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Kpis;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic review</c>: a month as Markdown, for the people who decide what to automate next.</summary>
internal static class ReviewCommand
{
    public static Command Build()
    {
        var month = new Option<string?>("--month") { Description = "E.g. 2026-01; the last whole month when left out. UTC." };
        var output = new Option<string?>("--out") { Description = "Write to this file instead of standard output." };
        var command = new Command(
            "review",
            """
            A month as Markdown: figures against their targets, why people were needed, faults that recur, remedies by proved success, and what to automate next.

            Examples:
              fieldmedic review
              fieldmedic review --month 2026-01 --out review.md

            Exit codes: 0 written, 64 an option is wrong or the file cannot be written, 75 the store cannot be read.
            """)
        {
            month, output,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var first = First(parsed.GetValue(month), TimeProvider.System.GetUtcNow());
            await using var host = await FieldMedicHost.OpenAsync(GlobalOptions.Settings(parsed), HostNeeds.StoreIfThere, cancellationToken).ConfigureAwait(false);
            var incidents = await IncidentHistory.ReadAsync(host.Journal, host.Pack.System, first, cancellationToken).ConfigureAwait(false);
            var text = MonthlyReview.Of(host.Pack.System, incidents, first, first.AddMonths(1));
            if (parsed.GetValue(output) is { } file)
            {
                await WriteAsync(file, text, cancellationToken).ConfigureAwait(false);
                Terminal.Out.MarkupLine($"Written to {Terminal.Safe(file)}.");
            }
            else
            {
                Console.Out.Write(text);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static DateTimeOffset First(string? month, DateTimeOffset now)
    {
        if (month is null)
        {
            return new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(-1);
        }

        return DateTimeOffset.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var first) && first.Year < 9999
            ? first
            : throw new ConfigurationException($"--month '{Terminal.Plain(month)}' is no month; write e.g. 2026-01.");
    }

    private static async Task WriteAsync(string file, string text, CancellationToken cancellationToken)
    {
        try
        {
            await File.WriteAllTextAsync(file, text, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be written: {e.Message}", e);
        }
    }
}
