using System.CommandLine;
using System.Globalization;
using FieldMedic.Cli.Output;
using FieldMedic.Cluster;
using FieldMedic.Dashboard;
using FieldMedic.Hosting;
using FieldMedic.Mcp;
using FieldMedic.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Spectre.Console;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic serve</c>: reacts to issues by itself.</summary>
internal static class ServeCommand
{
    private const int MostNamed = 3;

    public static Command Build()
    {
        var listen = new Option<string?>("--listen") { Description = "Where to listen, e.g. http://127.0.0.1:8787 (the default). Put a TLS proxy before it (FIELDMEDIC_LISTEN)." };
        var poll = new Option<string?>("--poll") { Description = "Ask GitHub for news at this interval, e.g. 60s, instead of or beside webhooks (FIELDMEDIC_POLL)." };
        var noWebhook = new Option<bool>("--no-webhook") { Description = "Do not listen; only poll. Needs no public address and no secret." };
        var metrics = new Option<string?>("--metrics") { Description = "Where Prometheus finds /metrics, e.g. http://127.0.0.1:9464; nowhere when left out (FIELDMEDIC_METRICS)." };
        var dashboard = new Option<string?>("--dashboard") { Description = "Where people look at it, e.g. http://127.0.0.1:8788; nowhere when left out (FIELDMEDIC_DASHBOARD)." };
        var cluster = new Option<string?>("--cluster") { Description = "Be a node of a cluster that meets at this Redis, e.g. redis://127.0.0.1:6379 (FIELDMEDIC_CLUSTER). Needs a PostgreSQL store." };
        var clusterListen = new Option<string?>("--cluster-listen") { Description = "Where the other nodes reach this one, e.g. 10.0.0.5:11111; a free port on 127.0.0.1 when left out (FIELDMEDIC_CLUSTER_LISTEN)." };
        var privateNetwork = new Option<bool>("--cluster-private-network") { Description = "The address of --cluster-listen is reached by this cluster's nodes alone. Their traffic is neither authenticated nor encrypted, so other addresses than loopback are refused without this." };
        var json = new Option<bool>("--json") { Description = "Log lines as JSON." };
        var command = new Command(
            "serve",
            """
            Run as a server: react to issues of the repository as they are opened, reopened or commented on, and look after every unfinished incident. Of all systems in the configuration file, where there are several.

            Examples:
              FIELDMEDIC_WEBHOOK_SECRET=… fieldmedic serve      webhooks to http://HOST/webhooks/github (content type application/json)
              fieldmedic serve --no-webhook --poll 60s          without a public address
              FIELDMEDIC_STORE=postgres://… fieldmedic serve --cluster redis://127.0.0.1:6379      one of several nodes
            Ctrl-C or SIGTERM stops it within 10 s; what it was doing goes on at the next start. More: docs/running.md
            """)
        {
            listen, poll, noWebhook, metrics, dashboard, cluster, clusterListen, privateNetwork, json,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = GlobalOptions.Settings(parsed);
            settings = settings with { Dashboard = settings.Dashboard with { Address = parsed.GetValue(dashboard) ?? settings.Dashboard.Address } };
            var all = settings is { System: null, Systems: [_, ..] several } ? [.. several.Select(settings.Of)] : new List<FieldMedicSettings> { settings };
            var hasMcp = HasMcp(settings, all.Count);
            var server = new ServerSettings
            {
                Secrets = settings.WebhookSecrets,
                Listen = parsed.GetValue(noWebhook) ? null : Address(parsed.GetValue(listen) ?? settings.Listen ?? "http://127.0.0.1:8787", "--listen"),
                Metrics = (parsed.GetValue(metrics) ?? settings.Metrics) is { Length: > 0 } address ? Address(address, "--metrics") : null,
                PollEvery = Interval(parsed.GetValue(poll) ?? settings.Poll),
                RetakeEvery = settings.Store.Kind == "postgresql" ? TimeSpan.FromMinutes(1) : null,
            };
            var node = await ClusterOptions.ReadAsync(parsed.GetValue(cluster) ?? settings.Cluster, parsed.GetValue(clusterListen) ?? settings.ClusterListen, parsed.GetValue(privateNetwork), all).ConfigureAwait(false);
            if (node is not null)
            {
                server = ClusterOptions.Join(server, node);
                all = [.. all.Select(s => s with { Store = s.Store.WithLeases(ClusterSettings.Lease) })];
            }

            await using var hosts = await Hosts.OpenAsync(all, HostNeeds.Store | HostNeeds.Tracker | HostNeeds.Inbox, cancellationToken).ConfigureAwait(false);
            server = hasMcp
                ? server with { MoreServices = services => HttpServer.Add(services, hosts.All[0]), MoreEndpoints = app => HttpServer.Map(app, settings.McpHttpToken) }
                : server;
            await using var running = await ServerHost.StartAsync(hosts.All, server, logging => Log(logging, parsed.GetValue(json)), cancellationToken).ConfigureAwait(false);
            await using var shown = settings.Dashboard.Address is null
                ? null
                : await DashboardServer.StartAsync(hosts.All, logging => Log(logging, parsed.GetValue(json)), cancellationToken).ConfigureAwait(false);
            Terminal.Out.MarkupLine(Terminal.Safe(Started(running, hosts.All, server, shown)));
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await (shown?.StopAsync(CancellationToken.None) ?? Task.CompletedTask).ConfigureAwait(false);
            await running.StopAsync(CancellationToken.None).ConfigureAwait(false);
            Terminal.Out.MarkupLine("Stopped. What was unfinished goes on at the next start.");
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>MCP is served where a token for it is set. Its tools are those of one system.</summary>
    private static bool HasMcp(FieldMedicSettings settings, int systems) => settings.McpHttpToken() switch
    {
        null => false,
        _ when systems > 1 => throw new ConfigurationException("MCP over HTTP is for one system, and there are several. Unset FIELDMEDIC_MCP_HTTP_TOKEN, or serve one of them by itself with --system; 'fieldmedic mcp --system NAME' works beside this server."),
        { Length: >= HttpServer.ShortestToken } => true,
        _ => throw new ConfigurationException(SecretChecks.ShortToken),
    };

    private static string Started(RunningServer running, IReadOnlyList<FieldMedicHost> hosts, ServerSettings settings, RunningDashboard? shown)
    {
        var webhooks = running.Url is { } url ? $" Webhooks at {new Uri(url, "webhooks/github")}." : "";
        var polling = settings.PollEvery is { } every ? string.Create(CultureInfo.InvariantCulture, $" Asking for news every {every.TotalSeconds:0.###} s.") : "";
        var metrics = running.MetricsUrl is { } scraped ? $" Metrics at {scraped}." : "";
        var dashboard = shown is null ? "" : $" Dashboard at {shown.PublicUrl}.";
        var named = hosts.Count <= MostNamed ? $" ({string.Join(", ", hosts.Select(h => $"{h.Pack.System}: {h.Settings.Repository}"))})" : "";
        var what = hosts.Count == 1 ? hosts[0].Settings.Repository : $"{hosts.Count} systems{named}";
        return $"Serving {what}.{webhooks}{polling}{metrics}{dashboard}";
    }

    private static void Log(ILoggingBuilder logging, bool isJson)
    {
        logging.SetMinimumLevel(LogLevel.Information).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Orleans", LogLevel.Warning).AddFilter("Polly", LogLevel.Warning);
        logging.Services.Configure<ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
        if (isJson)
        {
            logging.AddJsonConsole(o => o.UseUtcTimestamp = true);
        }
        else
        {
            logging.AddSimpleConsole(o => (o.SingleLine, o.TimestampFormat, o.UseUtcTimestamp) = (true, "HH:mm:ss'Z' ", true));
        }
    }

    private static Uri Address(string text, string option)
        => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttp && uri.AbsolutePath == "/"
            ? uri
            : throw new ConfigurationException($"'{Terminal.Plain(text)}' is no address to listen on: write http://127.0.0.1:8787 or http://0.0.0.0:8787 ({option}). TLS is the proxy's work.");

    private static TimeSpan? Interval(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return FieldMedic.Packs.Yaml.Durations.Parse(text) is { } every && every >= TimeSpan.FromMilliseconds(100)
            ? every
            : throw new ConfigurationException($"'{Terminal.Plain(text)}' is no interval: write 60s or 5m (--poll).");
    }
}
