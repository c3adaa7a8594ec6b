using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FieldMedic.Platform.Tests.Http;

/// <summary>A real web server on loopback.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _application;
    private int _requests;

    private Site(Func<HttpContext, Task> answer, X509Certificate2? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(o =>
        {
            // A client that hung up must not keep the server from ending.
            o.Limits.MinResponseDataRate = null;
            o.Listen(IPAddress.Loopback, 0, l => _ = certificate is null ? l : l.UseHttps(certificate));
        });
        _application = builder.Build();
        _application.Run(context =>
        {
            Interlocked.Increment(ref _requests);
            return answer(context);
        });
    }

    public int Requests => _requests;

    /// <summary>By the name localhost where a certificate is checked.</summary>
    public string Url => _application.Urls.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal) + "/";

    public static async Task<Site> StartAsync(Func<HttpContext, Task> answer, X509Certificate2? certificate = null)
    {
        var site = new Site(answer, certificate);
        await site._application.StartAsync(TestContext.Current.CancellationToken);
        return site;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
