using System.Globalization;
using System.Text;
using Spectre.Console;

namespace FieldMedic.Cli.Output;

/// <summary>Writing for people. Control characters of foreign text never reach the terminal.</summary>
internal static class Terminal
{
    public static IAnsiConsole Out { get; } = Make(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Err { get; } = Make(Console.Error, Console.IsErrorRedirected);

    /// <summary>Text without control and invisible characters, newlines kept.</summary>
    public static string Plain(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (rune.Value is '\n' or '\t' || category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned))
            {
                kept.Append(rune.ToString());
            }
        }

        return kept.ToString();
    }

    /// <summary>Text fit for Spectre's markup.</summary>
    public static string Safe(string text) => Markup.Escape(Plain(text));

    /// <summary>Says what is going on when it takes longer than a second.</summary>
    public static async Task<T> WhileAsync<T>(string what, bool isJson, Task<T> work)
    {
        var second = Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
        if (!isJson && await Task.WhenAny(work, second).ConfigureAwait(false) == second)
        {
            Err.MarkupLine($"[grey]{Safe(what)} …[/]");
        }

        return await work.ConfigureAwait(false);
    }

    public static void Error(string message)
    {
        foreach (var line in Plain(message).Split('\n'))
        {
            Console.Error.WriteLine(line);
        }
    }

    private static IAnsiConsole Make(TextWriter writer, bool isRedirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (isRedirected)
        {
            // No terminal, no width: a log line must not be broken at 80 columns.
            console.Profile.Width = 240;
        }

        return console;
    }

    public static string Seconds(TimeSpan span) => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s";
}
