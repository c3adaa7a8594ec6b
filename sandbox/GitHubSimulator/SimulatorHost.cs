using GitHubSimulator.Control;
using GitHubSimulator.Endpoints;
using GitHubSimulator.Pages;
using GitHubSimulator.Protocol;
using GitHubSimulator.Shapes;
using GitHubSimulator.State;
using GitHubSimulator.Webhooks;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace GitHubSimulator;

/// <summary>Starts a stand-in for GitHub inside this process.</summary>
public static class SimulatorHost
{
    /// <summary>Starts and returns when it answers requests. Dispose the result to stop it.</summary>
    public static async Task<RunningSimulator> StartAsync(SimulatorOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        // The empty builder reads no environment variables and no files of the process it is a guest in, and logs nothing.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url);
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();
        var app = Build(builder, options);
        try
        {
            await StartAsync(app, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return new RunningSimulator(app);
    }

    /// <summary>State that cannot be read is found out now and not at the first request.</summary>
    internal static Task StartAsync(WebApplication app, CancellationToken cancellationToken)
    {
        app.Services.GetRequiredService<TrackerStore>();
        app.Services.GetRequiredService<Access>();
        app.Services.GetRequiredService<WebhookSender>();
        return app.StartAsync(cancellationToken);
    }

    /// <summary>What webhooks link to: no client asked for them, so it is the address that is listened on.</summary>
    private static View OwnView(IServiceProvider services)
    {
        var address = services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.FirstOrDefault() ?? "http://127.0.0.1";
        return new View(address, address, IsNewer: false, services.GetRequiredService<Access>());
    }

    internal static WebApplication Build(WebApplicationBuilder builder, SimulatorOptions options)
    {
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(options);
        builder.Services.AddSingleton(options.Time);
        builder.Services.AddSingleton(new FaultPlan());
        builder.Services.AddSingleton(new RequestLog());
        builder.Services.AddSingleton<RateLimits>();
        builder.Services.AddSingleton(new Apps(options.Time));
        if (options.DataFolder is { } path)
        {
            builder.Services.AddSingleton(_ => new StateFolder(path));
        }

        builder.Services.AddSingleton(services => new TrackerStore(options.Time, services.GetService<StateFolder>()));
        builder.Services.AddSingleton(services =>
            new Access(new AccessRules(), options.BotLogin, services.GetService<StateFolder>()));
        builder.Services.AddSingleton(services => new WebhookSender(
            services.GetRequiredService<TrackerStore>(),
            options.Webhook,
            () => OwnView(services),
            options.Time));
        var app = builder.Build();

        app.UsePathBase("/api/v3");
        app.Use((context, next) =>
        {
            PageEndpoints.SendBrowsersToPages(context);
            return next(context);
        });
        app.UseWhen(context => !ControlEndpoints.Owns(context) && !PageEndpoints.Owns(context), api => api
            .UseMiddleware<RequestLogMiddleware>()
            .UseMiddleware<IdentityMiddleware>()
            .UseMiddleware<GitHubHeadersMiddleware>()
            .UseMiddleware<FaultMiddleware>()
            .UseMiddleware<GuardMiddleware>()
            .UseMiddleware<ConditionalRequestMiddleware>());
        app.UseRouting();
        app.MapApi();
        app.MapControl();
        app.MapPages();
        return app;
    }
}
