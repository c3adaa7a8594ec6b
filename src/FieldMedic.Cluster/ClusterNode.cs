using FieldMedic.Server.Dispatch;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Serialization;
using StackExchange.Redis;

namespace FieldMedic.Cluster;

/// <summary>
/// Makes the server a node of a cluster on Microsoft Orleans. Grains hold nothing; they say where work is done. That nothing is done twice
/// rests on the journal and the fenced lease in PostgreSQL, whatever the nodes believe of each other.
/// </summary>
public static class ClusterNode
{
    /// <summary>Why Redis cannot be used; null when it can.</summary>
    public static async Task<string?> WhyNotAsync(RedisAddress redis)
    {
        ArgumentNullException.ThrowIfNull(redis);
        var options = redis.Options();
        options.AbortOnConnectFail = true;
        options.ConnectRetry = 1;
        try
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(options).ConfigureAwait(false);
            await connection.GetDatabase().PingAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return e.Message;
        }
    }

    /// <summary>Adds the node to a server; for <see cref="Server.ServerSettings.Cluster"/>.</summary>
    public static void Add(IHostApplicationBuilder builder, ClusterSettings settings)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton<IWorkPlacement, Placement>();
        builder.UseOrleans(silo => Configure(silo, settings));
        builder.Services.AddHostedService<NodeWatch>();
        builder.Services.AddHostedService<LeaseWatch>();
    }

    private static void Configure(ISiloBuilder silo, ClusterSettings settings)
    {
        silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("fieldmedic", "fieldmedic"));
        silo.Services.AddSerializer(s => s.AddAssembly(typeof(ClusterNode).Assembly));
        silo.UseRedisClustering(o => o.ConfigurationOptions = settings.Redis.Options());
        silo.UseRedisReminderService(o => o.ConfigurationOptions = settings.Redis.Options());
        // No gateway: nobody outside the cluster calls a grain.
        silo.Configure<EndpointOptions>(o =>
        {
            (o.AdvertisedIPAddress, o.SiloPort, o.GatewayPort) = (settings.Listen.Address, settings.Listen.Port, 0);
            o.SiloListeningEndpoint = settings.Listen;
        });
        silo.Configure<ClusterMembershipOptions>(o =>
        {
            o.ProbeTimeout = TimeSpan.FromSeconds(1);
            o.NumMissedProbesLimit = 2;
            o.NumVotesForDeathDeclaration = 1;
            o.TableRefreshTimeout = TimeSpan.FromSeconds(5);
            o.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
        // Grains answer at once; who does not is gone.
        silo.Configure<SiloMessagingOptions>(o => (o.ResponseTimeout, o.SystemResponseTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
    }
}
