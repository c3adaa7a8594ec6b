using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace FieldMedic.Cli.Demo;

/// <summary>The api: GET /status tells the queue, POST /jobs adds a job.</summary>
internal static class DemoApi
{
    public static async Task<int> RunAsync(DemoFolder folder)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{folder.Port}"));
        await using var app = builder.Build();
        app.Run(context => AnswerAsync(folder, context));
        await app.StartAsync().ConfigureAwait(false);
        folder.Log(DemoFolder.Api, "started");
        while (folder.HasOwner)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
        }

        return 0;
    }

    private static Task AnswerAsync(DemoFolder folder, HttpContext context)
    {
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.Path == "/jobs")
        {
            DemoQueue.Add(folder);
        }

        var (pending, done) = DemoQueue.Count(folder);
        context.Response.StatusCode = context.Request.Path == "/status" || context.Request.Path == "/jobs" ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""{"queue":{"pending":{{{pending}}},"done":{{{done}}}}}""", context.RequestAborted);
    }
}
