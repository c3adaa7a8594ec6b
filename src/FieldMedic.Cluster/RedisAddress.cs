using System.Globalization;
using StackExchange.Redis;

namespace FieldMedic.Cluster;

/// <summary>Where Redis is: <c>redis://[user@]host[:port][/database]</c>, <c>rediss://</c> over TLS. Its text never holds a password.</summary>
public sealed record RedisAddress
{
    private readonly Uri _uri;
    private readonly Func<string?> _password;

    private RedisAddress(Uri uri, int database, Func<string?> password) => (_uri, Database, _password) = (uri, database, password);

    private int Database { get; }

    private int Port => _uri.IsDefaultPort ? 6379 : _uri.Port;

    /// <exception cref="FormatException">It cannot be read; the message says how it looks and repeats nothing of it.</exception>
    public static RedisAddress Parse(string text, Func<string?> password)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("redis" or "rediss") || uri.Host.Length == 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            throw new FormatException("The cluster's address looks like redis://127.0.0.1:6379 or redis://host:6379/1 (rediss:// over TLS).");
        }

        if (uri.UserInfo.Contains(':', StringComparison.Ordinal))
        {
            throw new FormatException("The password of the cluster's Redis stands in its address. Take it out and set FIELDMEDIC_CLUSTER_PASSWORD.");
        }

        var path = uri.AbsolutePath.Trim('/');
        return path.Length == 0 ? new RedisAddress(uri, 0, password)
            : int.TryParse(path, NumberStyles.None, CultureInfo.InvariantCulture, out var database) ? new RedisAddress(uri, database, password)
            : throw new FormatException("What follows the host in the cluster's address is the number of a Redis database, as in redis://host:6379/1.");
    }

    /// <summary>How the client reaches it.</summary>
    public ConfigurationOptions Options()
    {
        var options = new ConfigurationOptions
        {
            EndPoints = { { _uri.Host, Port } },
            DefaultDatabase = Database,
            Ssl = _uri.Scheme == "rediss",
            AbortOnConnectFail = false,
            ConnectTimeout = 3000,
            ClientName = "fieldmedic",
            Password = _password(),
        };
        if (_uri.UserInfo.Length > 0)
        {
            options.User = Uri.UnescapeDataString(_uri.UserInfo);
        }

        return options;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_uri.Scheme}://{_uri.Host}:{Port}/{Database}");
}
