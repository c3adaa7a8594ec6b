using System.Net;
using System.Text;

namespace FieldMedic.Cli.Demo;

/// <summary>The api: GET /status tells the queue, POST /jobs adds a job.</summary>
internal static class DemoApi
{
    public static async Task<int> RunAsync(DemoFolder folder)
    {
        using var listener = new HttpListener();
        listener.Prefixes.Add($"http://127.0.0.1:{folder.Port}/");
        listener.Start();
        folder.Log(DemoFolder.Api, "started");
        var asked = listener.GetContextAsync();
        while (folder.HasOwner)
        {
            var tick = Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None);
            if (await Task.WhenAny(asked, tick).ConfigureAwait(false) == asked)
            {
                try
                {
                    await AnswerAsync(folder, await asked.ConfigureAwait(false)).ConfigureAwait(false);
                }
                catch (Exception e) when (e is HttpListenerException or IOException)
                {
                    // Who asked did not wait for the answer.
                    folder.Log(DemoFolder.Api, "an answer found nobody");
                }

                asked = listener.GetContextAsync();
            }
        }

        return 0;
    }

    private static async Task AnswerAsync(DemoFolder folder, HttpListenerContext context)
    {
        if (context.Request is { HttpMethod: "POST", Url.AbsolutePath: "/jobs" })
        {
            DemoQueue.Add(folder);
        }

        var (pending, done) = DemoQueue.Count(folder);
        context.Response.StatusCode = context.Request.Url?.AbsolutePath is "/status" or "/jobs" ? 200 : 404;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($$$"""{"queue":{"pending":{{{pending}}},"done":{{{done}}}}}""")).ConfigureAwait(false);
        context.Response.Close();
    }
}
