using System.Net;
using FieldMedic.Dashboard.Access;
using FieldMedic.Dashboard.Assets;
using FieldMedic.Dashboard.Export;
using FieldMedic.Dashboard.Health;
using FieldMedic.Dashboard.History;
using FieldMedic.Dashboard.Live;
using FieldMedic.Dashboard.Pages;
using FieldMedic.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace FieldMedic.Dashboard;

/// <summary>Puts the dashboard together. It has a listener of its own: where webhooks come in from the world it cannot be asked for.</summary>
public static class DashboardServer
{
    private const int LargestForm = 64 * 1024;

    /// <summary>Starts; returns when it answers.</summary>
    /// <param name="hosts">The systems under care, one or more, opened with one store; they must outlive the dashboard.</param>
    /// <exception cref="ConfigurationException">It must not start like this, e.g. open to the network without a sign-in.</exception>
    public static Task<RunningDashboard> StartAsync(IReadOnlyList<FieldMedicHost> hosts, Action<ILoggingBuilder> logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        var settings = hosts[0].Settings;
        var sources = hosts.Select(host => new DashboardSource(host.Pack, host.Journal, host.Controls, host.Redactor, host.Medic.DiagnoseAsync, WebOf(settings.ApiUrl))).ToList();
        return StartAsync(sources, settings.Dashboard, settings.ApiUrl, logging, _ => { }, cancellationToken);
    }

    internal static async Task<RunningDashboard> StartAsync(IReadOnlyList<DashboardSource> sources, DashboardSettings settings, Uri api, Action<ILoggingBuilder> logging, Action<IServiceCollection> more, CancellationToken cancellationToken)
    {
        var address = DashboardRules.Check(settings);
        var app = Build(sources, settings, address, api, logging, more);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            var running = new RunningDashboard(app, settings);
            await running.WarmUpAsync(cancellationToken).ConfigureAwait(false);
            return running;
        }
        catch (IOException e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new ConfigurationException($"The dashboard cannot listen on {address}: {e.Message} Choose another address (--dashboard).", e);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static WebApplication Build(IReadOnlyList<DashboardSource> sources, DashboardSettings settings, Uri address, Uri api, Action<ILoggingBuilder> logging, Action<IServiceCollection> more)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(DashboardServer).Assembly.GetName().Name });
        logging(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestForm;
        });
        builder.WebHost.UseUrls(address.ToString());
        var services = builder.Services;
        services.AddSingleton<IHostLifetime, QuietLifetime>();
        services.Configure<HostOptions>(o => (o.ServicesStopConcurrently, o.ShutdownTimeout) = (true, TimeSpan.FromSeconds(3)));
        services.AddSingleton(TimeProvider.System).AddSingleton(settings).AddSingleton<LiveSignal>().AddSingleton<LiveEndpoint>();
        var pace = JournalFollower.PaceOf(sources.Count);
        services.AddSingleton(s => new ShownSystems([.. sources.Select(one => new ShownSystems.One(one, ActivatorUtilities.CreateInstance<JournalFollower>(s, one, pace), ActivatorUtilities.CreateInstance<HealthKeeper>(s, one)))]));
        for (var i = 0; i < sources.Count; i++)
        {
            var place = i;
            services.AddSingleton<IHostedService>(s => s.GetRequiredService<ShownSystems>().All[place].Journal);
            services.AddSingleton<IHostedService>(s => s.GetRequiredService<ShownSystems>().All[place].Health);
        }

        services.AddScoped<PageContext>().AddHttpContextAccessor().AddCascadingAuthenticationState();
        // Sessions and forms are as old as the process: no key of theirs is kept anywhere.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAntiforgery(o => (o.Cookie.Name, o.Cookie.SameSite, o.Cookie.SecurePolicy) = ("fieldmedic-form", SameSiteMode.Strict, CookieSecurePolicy.SameAsRequest));
        services.AddRoutingCore().AddRouting();
        SignIn.Add(services, settings, api);
        services.AddRazorComponents();
        more(services);
        var app = builder.Build();
        Map(app, settings);
        return app;
    }

    private static void Map(WebApplication app, DashboardSettings settings)
    {
        app.Use(SecurityHeaders.AddAsync);
        app.UseMiddleware<Doorkeeper>(settings);
        app.UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true);
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        AssetEndpoints.Map(app);
        app.MapGet("/live", app.Services.GetRequiredService<LiveEndpoint>().HandleAsync);
        app.MapGet("/actions.csv", ActionCsv.WriteAsync);
        SwitchEndpoints.Map(app);
        app.MapRazorComponents<App>();
        app.MapFallback(context =>
        {
            context.Response.StatusCode = (int)HttpStatusCode.NotFound;
            return Task.CompletedTask;
        });
    }

    /// <summary>The pages of the tracker whose API this is.</summary>
    internal static Uri WebOf(Uri api)
    {
        if (api.Host.Equals("api.github.com", StringComparison.OrdinalIgnoreCase))
        {
            return new Uri("https://github.com");
        }

        return new Uri(api.GetLeftPart(UriPartial.Authority));
    }
}
