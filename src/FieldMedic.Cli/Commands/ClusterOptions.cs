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
    /// <summary>What this node is told; null for a server on its own. Nothing is asked over the network before all of it can be meant.</summary>
    /// <param name="listen">Where the other nodes reach this one; null for a free port on loopback.</param>
    /// <param name="all">Of each system under care; they differ in their systems only.</param>
    public static async Task<ClusterSettings?> ReadAsync(string? text, string? listen, bool isPrivateNetwork, IReadOnlyList<FieldMedicSettings> all)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var packs = all.Select(FieldMedicHost.LoadPack).ToList();
        var node = new ClusterSettings { Systems = [.. packs.Select(p => p.System)], Redis = Redis(text, all[0]), Listen = Address(listen, isPrivateNetwork), LookEvery = packs.Min(p => p.Policy.WatchEvery) };
        if (all[0].Store.Kind != "postgresql")
        {
            throw new ConfigurationException("A cluster needs a journal that all its nodes share, and this store is a SQLite file. Set FIELDMEDIC_STORE=postgres://user@host/database (docs/running.md, PostgreSQL), or leave out --cluster: one server needs none.");
        }

        return await ClusterNode.WhyNotAsync(node.Redis).ConfigureAwait(false) is { } why
            ? throw new ConfigurationException($"The cluster's Redis {node.Redis} cannot be used: {Terminal.Plain(why)} Check that it runs, host and port, and FIELDMEDIC_CLUSTER_PASSWORD (--cluster).")
            : node;
    }

    /// <summary>The systems' grains look for all; each node does it by itself, too, half as often, in case there is no Redis and so no cluster.</summary>
    public static ServerSettings Join(ServerSettings server, ClusterSettings node)
        => server with { Cluster = builder => ClusterNode.Add(builder, node), WatchEvery = node.LookEvery * 2, RetakeEvery = null };

    private static RedisAddress Redis(string text, FieldMedicSettings settings)
    {
        try
        {
            return RedisAddress.Parse(text, settings.ClusterPassword);
        }
        catch (FormatException e)
        {
            throw new ConfigurationException($"{e.Message} (setting cluster, FIELDMEDIC_CLUSTER, --cluster)");
        }
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
