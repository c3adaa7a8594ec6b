using System.Globalization;
using System.Net;
using System.Net.Sockets;
using FieldMedic.Cli.Output;
using FieldMedic.Cluster;
using FieldMedic.Hosting;
using FieldMedic.Server;

namespace FieldMedic.Cli.Commands;

/// <summary>What <c>serve --cluster</c> is told, checked.</summary>
internal static class ClusterOptions
{
    /// <summary>Where the nodes meet; null for a server on its own.</summary>
    public static async Task<RedisAddress?> RedisAsync(string? text, FieldMedicSettings settings)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (settings.Store.Kind != "postgresql")
        {
            throw new ConfigurationException("A cluster needs a journal that all its nodes share, and this store is a SQLite file. Set FIELDMEDIC_STORE=postgres://user@host/database (docs/running.md, PostgreSQL), or leave out --cluster: one server needs none.");
        }

        try
        {
            var redis = RedisAddress.Parse(text, settings.ClusterPassword);
            return await ClusterNode.WhyNotAsync(redis).ConfigureAwait(false) is { } why
                ? throw new ConfigurationException($"The cluster's Redis {redis} cannot be used: {Terminal.Plain(why)} Check that it runs, host and port, and FIELDMEDIC_CLUSTER_PASSWORD (--cluster).")
                : redis;
        }
        catch (FormatException e)
        {
            throw new ConfigurationException($"{e.Message} (setting cluster, FIELDMEDIC_CLUSTER, --cluster)");
        }
    }

    public static ServerSettings Join(ServerSettings server, RedisAddress redis, string? listen, bool isPrivateNetwork, FieldMedicHost host)
    {
        var every = host.Pack.Policy.WatchEvery;
        var settings = new ClusterSettings { System = host.Pack.System, Redis = redis, Listen = Address(listen, isPrivateNetwork), LookEvery = every };
        // The system's grain looks for all; each node does it by itself, too, more seldom, in case there is no Redis and so no cluster.
        return server with { Cluster = builder => ClusterNode.Add(builder, settings), WatchEvery = every * 2 };
    }

    private static IPEndPoint Address(string? text, bool isPrivateNetwork)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new IPEndPoint(IPAddress.Loopback, FreePort());
        }

        // Names and wildcards are no address that the others could be told.
        if (!IPEndPoint.TryParse(text, out var address) || address.Port == 0 || address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.IPv6Any))
        {
            throw new ConfigurationException(string.Create(CultureInfo.InvariantCulture, $"'{Terminal.Plain(text)}' is no address of this machine with a port: write 10.0.0.5:11111 (setting cluster_listen, FIELDMEDIC_CLUSTER_LISTEN, --cluster-listen)."));
        }

        return IPAddress.IsLoopback(address.Address) || isPrivateNetwork
            ? address
            : throw new ConfigurationException($"{address} is not a loopback address, and what the nodes say to each other is neither authenticated nor encrypted: whoever reaches that port can give this node orders. Where a private network or a firewall lets only the nodes in, say so with --cluster-private-network.");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
