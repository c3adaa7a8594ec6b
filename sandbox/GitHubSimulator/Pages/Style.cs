namespace GitHubSimulator.Pages;

/// <summary>How the pages look, light and dark.</summary>
internal static class Style
{
    public const string Css = """
        :root { color-scheme: light dark; --line: light-dark(#d1d9e0, #3d444d); --quiet: light-dark(#59636e, #9198a1);
                --page: light-dark(#ffffff, #0d1117); --panel: light-dark(#f6f8fa, #151b23); --ink: light-dark(#1f2328, #f0f6fc);
                --link: light-dark(#0969da, #4493f8); --open: light-dark(#1a7f37, #238636); --closed: light-dark(#8250df, #8957e5); }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
        header { padding: 12px 16px; border-bottom: 1px solid var(--line); background: var(--panel); }
        main { max-width: 860px; margin: 0 auto; padding: 16px; overflow-wrap: anywhere; }
        a { color: var(--link); }
        h1 { font-size: 1.6rem; font-weight: 500; }
        nav a { margin-right: 12px; } nav a[aria-current] { font-weight: 600; color: var(--ink); text-decoration: none; }
        .quiet, .event, .event time, article h2 time { color: var(--quiet); font-size: .9rem; }
        .rows { list-style: none; padding: 0; border: 1px solid var(--line); border-radius: 6px; }
        .rows:empty { display: none; }
        .rows li { padding: 10px 14px; } .rows li + li { border-top: 1px solid var(--line); }
        .state { display: inline-block; padding: 1px 10px; border-radius: 999px; color: #fff; font-size: .85rem; font-weight: 600; }
        .state.open { background: var(--open); } .state.closed { background: var(--closed); }
        .label { display: inline-block; padding: 0 8px; border: 1px solid var(--line); border-radius: 999px; font-size: .8rem; background: var(--panel); }
        article { border: 1px solid var(--line); border-radius: 6px; margin: 16px 0; }
        article h2 { margin: 0; padding: 8px 14px; font-size: .95rem; font-weight: 400; background: var(--panel); border-bottom: 1px solid var(--line); border-radius: 6px 6px 0 0; }
        article footer { padding: 0 14px 10px; color: var(--quiet); }
        .prose { padding: 4px 14px; } .prose pre { overflow: auto; padding: 12px; background: var(--panel); border-radius: 6px; }
        .prose code { font-size: .9em; background: var(--panel); padding: 1px 4px; border-radius: 4px; }
        .prose table { border-collapse: collapse; display: block; overflow: auto; } .prose th, .prose td { border: 1px solid var(--line); padding: 5px 12px; }
        .prose blockquote { margin: 0; padding-left: 12px; border-left: 3px solid var(--line); color: var(--quiet); }
        .event { margin: 8px 14px; }

        """;

    public const string Avatar =
        """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="8" cy="6" r="3"/><path d="M2 15a6 6 0 0 1 12 0z"/></svg>""";
}
