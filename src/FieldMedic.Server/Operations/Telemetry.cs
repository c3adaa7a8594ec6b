using System.Collections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FieldMedic.Server.Operations;

/// <summary>Metrics for Prometheus at an address of their own, and traces and metrics over OTLP where the usual variable names a collector.</summary>
internal static class Telemetry
{
    private const string Collector = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void Add(WebApplicationBuilder builder, ServerSettings settings)
    {
        var variables = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Select(v => KeyValuePair.Create((string)v.Key, v.Value as string))
            .Where(v => v.Key.StartsWith("OTEL_", StringComparison.Ordinal))
            .ToList();
        var hasCollector = variables.Any(v => v.Key == Collector && !string.IsNullOrWhiteSpace(v.Value));
        if (settings.Metrics is null && !hasCollector)
        {
            return;
        }

        // The empty builder knows no environment; the exporter's own settings are read from there by their usual names.
        builder.Configuration.AddInMemoryCollection(variables);
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(r => r.AddService("fieldmedic"))
            .WithTracing(t => _ = hasCollector ? t.AddSource(FlowTelemetry.Name).AddOtlpExporter() : t)
            .WithMetrics(m =>
            {
                m.AddMeter(FlowTelemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting");
                _ = settings.Metrics is null ? m : m.AddPrometheusExporter();
                _ = hasCollector ? m.AddOtlpExporter() : m;
            });
    }

    /// <summary>By the port that was really connected to: a Host header is written by the sender.</summary>
    public static void Map(WebApplication app, ServerSettings settings)
    {
        if (settings.Metrics is not { } metrics)
        {
            return;
        }

        var port = new Lazy<int>(() => PortOf(app, settings, metrics));
        app.UseOpenTelemetryPrometheusScrapingEndpoint(context => context.Request.Path == "/metrics" && context.Connection.LocalPort == port.Value);
    }

    private static int PortOf(WebApplication app, ServerSettings settings, Uri metrics)
        => metrics.Port != 0
            ? metrics.Port
            : new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(settings.Listen is null ? 0 : 1)).Port;
}
