using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace FieldMedic.Dashboard.Tests.Harness;

/// <summary>A page, what it complained about (a breach of the content security policy among it) and which hosts it asked.</summary>
internal sealed class Tab : IAsyncDisposable
{
    public Tab(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Enqueue(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Request += (_, request) => Asked.TryAdd(new Uri(request.Url).IsAbsoluteUri && request.Url.StartsWith("http", StringComparison.Ordinal) ? new Uri(request.Url).Authority : "", 0);
        page.Dialog += (_, dialog) => Complaints.Enqueue($"a dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    public ConcurrentQueue<string> Complaints { get; } = new();

    public ConcurrentDictionary<string, byte> Asked { get; } = new(StringComparer.Ordinal);

    public Task GoAsync(Uri dashboard, string path) => Page.GotoAsync(new Uri(dashboard, path).ToString());

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
