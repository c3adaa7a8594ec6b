using FieldMedic.Hosting;
using FieldMedic.Inbox;
using FieldMedic.Server.Dispatch;
using FieldMedic.Server.Operations;
using FieldMedic.Server.Polling;
using FieldMedic.Server.Watching;
using FieldMedic.Server.Webhooks;

namespace FieldMedic.Server;

/// <summary>Puts the server together: the webhook's endpoint or the poller or both, the inbox behind them, and who works it off.</summary>
public static class ServerHost
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>Starts; returns when it answers.</summary>
    /// <param name="hosts">The systems under care, one or more, on one store, each with a repository of its own.</param>
    /// <exception cref="ConfigurationException">It must not start like this, e.g. without a webhook secret.</exception>
    public static async Task<RunningServer> StartAsync(IReadOnlyList<FieldMedicHost> hosts, ServerSettings settings, Action<ILoggingBuilder> logging, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(hosts);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Listen is null && settings.PollEvery is null)
        {
            throw new ConfigurationException("Neither webhooks nor polling: there would be nothing to do. Leave out --no-webhook, or give --poll.");
        }

        var repositories = Repositories(hosts);
        var inbox = hosts[0].Inbox ?? throw new InvalidOperationException("The server needs the inbox.");
        return await StartAsync(settings, repositories, inbox, logging, services =>
        {
            services.AddSingleton(s => new SystemRoutes([.. hosts.Select(host => Route(host, inbox, s.GetRequiredService<WorkInProgress>()))]));
            services.AddSingleton<IDeliveryHandler>(s => s.GetRequiredService<SystemRoutes>());
            services.AddSingleton(s => new NodeWork(inbox, s.GetRequiredService<Dispatcher>(), s.GetRequiredService<SystemRoutes>(), hosts[0].Locks));
            foreach (var host in hosts)
            {
                services.AddSingleton<IHostedService>(s => ActivatorUtilities.CreateInstance<Watcher>(s, host.Medic, settings.WatchEvery ?? host.Pack.Policy.WatchEvery, s.GetRequiredService<SystemRoutes>().Named(host.Pack.System)!.Bell));
                if (settings.PollEvery is not null)
                {
                    services.AddSingleton<IHostedService>(s => ActivatorUtilities.CreateInstance<Poller>(s, host.Feed!, host.Settings.Repository!));
                }
            }

            if (hosts[0].Settings.Retention is { } kept)
            {
                services.AddHostedService(s => ActivatorUtilities.CreateInstance<RetentionService>(s, hosts[0].Upkeep!, kept));
            }
        }, cancellationToken).ConfigureAwait(false);
    }

    internal static async Task<RunningServer> StartAsync(ServerSettings settings, IReadOnlyList<string> repositories, IDeliveryInbox inbox, Action<ILoggingBuilder> logging, Action<IServiceCollection> add, CancellationToken cancellationToken)
    {
        if (settings.Listen is not null && settings.Secrets().All(string.IsNullOrWhiteSpace))
        {
            throw new ConfigurationException("No webhook secret, so anybody could pose as GitHub. Set FIELDMEDIC_WEBHOOK_SECRET to the secret of the webhook (in the environment or .env), or use --no-webhook --poll 60s.");
        }

        await inbox.PruneAsync(TimeProvider.System.GetUtcNow() - Remembered, cancellationToken).ConfigureAwait(false);
        var app = Build(settings, repositories, inbox, logging, add);
        try
        {
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            return new RunningServer(app, settings);
        }
        catch (IOException e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw new ConfigurationException($"Cannot listen on {string.Join(" and ", new[] { settings.Listen, settings.Metrics }.OfType<Uri>())}: {e.Message} Choose another address (--listen).", e);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static WebApplication Build(ServerSettings settings, IReadOnlyList<string> repositories, IDeliveryInbox inbox, Action<ILoggingBuilder> logging, Action<IServiceCollection> add)
    {
        // The empty builder reads no settings of its own and catches no signals: that is the caller's business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        logging(builder.Logging);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = WebhookBody.Largest;
        });
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(o =>
        {
            o.ServicesStopConcurrently = true;
            o.ShutdownTimeout = TimeSpan.FromSeconds(10);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(inbox);
        builder.Services.AddSingleton<InboxDoor>();
        builder.Services.AddSingleton<WorkInProgress>();
        builder.Services.AddHostedService(s => s.GetRequiredService<WorkInProgress>());
        // Before what hands work to others.
        settings.Cluster?.Invoke(builder);
        builder.Services.AddSingleton<Dispatcher>();
        builder.Services.AddHostedService(s => s.GetRequiredService<Dispatcher>());
        add(builder.Services);
        Telemetry.Add(builder, settings);
        var addresses = new[] { settings.Listen, settings.Metrics }.OfType<Uri>().Select(a => a.ToString()).ToArray();
        if (addresses.Length == 0)
        {
            builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.Server.IServer, NoServer>();
            return builder.Build();
        }

        settings.MoreServices?.Invoke(builder.Services);
        builder.WebHost.UseUrls(addresses);
        var app = builder.Build();
        Telemetry.Map(app, settings);
        app.UseRouting();
        Health.Map(app);
        if (settings.Listen is not null)
        {
            MapWebhooks(app, settings, repositories);
        }

        return app;
    }

    private static void MapWebhooks(WebApplication app, ServerSettings settings, IReadOnlyList<string> repositories)
    {
        var endpoint = ActivatorUtilities.CreateInstance<WebhookEndpoint>(app.Services, settings.Secrets, new WebhookIntake(repositories, TimeProvider.System));
        app.MapPost(WebhookEndpoint.Path, (RequestDelegate)endpoint.HandleAsync);
        settings.MoreEndpoints?.Invoke(app);
    }

    private static SystemRoutes.Route Route(FieldMedicHost host, IDeliveryInbox inbox, WorkInProgress work)
    {
        var bell = new WatchBell();
        return new SystemRoutes.Route(host.Pack.System, host.Settings.Repository!, new MedicHandler(host, inbox, bell, work), bell);
    }

    /// <summary>One of each system: a complaint has to say by where it is which system it is about.</summary>
    private static List<string> Repositories(IReadOnlyList<FieldMedicHost> hosts)
    {
        foreach (var host in hosts)
        {
            if (host.Settings.Repository?.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
            {
                throw new ConfigurationException(hosts.Count == 1
                    ? "No repository to serve. Set GITHUB_REPOSITORY=owner/name, 'repository' in fieldmedic.yaml, or --repo owner/name."
                    : $"The system '{host.Pack.System}' has no repository. Write 'repository: owner/name' under it in fieldmedic.yaml.");
            }
        }

        return hosts.GroupBy(h => h.Settings.Repository!, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Count() > 1) is { } shared
            ? throw new ConfigurationException($"{string.Join(" and ", shared.Select(h => $"'{h.Pack.System}'"))} have the same repository, {shared.Key}, so nobody could tell which of them an issue is about. Give each its own ('repository' under the system in fieldmedic.yaml).")
            : [.. hosts.Select(h => h.Settings.Repository!)];
    }
}
