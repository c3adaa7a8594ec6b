using System.Globalization;
using System.Net;

namespace GitHubSimulator.Pages;

/// <summary>The frame of every page. All text given to it is HTML already; <see cref="Text"/> makes it so.</summary>
internal static class Layout
{
    public static string Page(string title, string main) => $"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="color-scheme" content="light dark">
          <title>{Text(title)}</title>
          <link rel="stylesheet" href="/_simulator/style.css">
        </head>
        <body>
          <header><a href="/">GitHub stand-in</a></header>
          <main>
        {main}
          </main>
        </body>
        </html>

        """;

    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);

    public static string Time(DateTimeOffset at) => string.Create(
        CultureInfo.InvariantCulture,
        $"<time datetime=\"{at:yyyy-MM-dd'T'HH:mm:ss'Z'}\">{at:yyyy-MM-dd HH:mm:ss} UTC</time>");

    public static string State(string state) => $"<span class=\"state {Text(state)}\">{Text(state)}</span>";

    public static string Label(string? name) => $"<span class=\"label\">{Text(name)}</span>";
}
