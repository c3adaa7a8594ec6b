using System.Net;
using System.Net.Sockets;
using FieldMedic.Platform.Ssh;

namespace FieldMedic.Platform.Docker;

/// <summary>The way to a daemon: a unix socket or a port of this machine or another, or its socket at the other end of ssh.</summary>
internal sealed class DockerRoute
{
    private readonly Uri _endpoint;
    private readonly SshLink? _ssh;

    public DockerRoute(Uri endpoint, SshLink? ssh)
    {
        if (endpoint.Scheme is not ("unix" or "tcp" or "http") && ssh is null)
        {
            throw new NotSupportedException($"Docker at '{endpoint.Scheme}://' is not supported; use unix:///path, tcp://host:port or ssh://user@host.");
        }

        (_endpoint, _ssh) = (endpoint, ssh);
        Base = ssh is not null || endpoint.Scheme == "unix" ? new Uri("http://docker") : new UriBuilder(endpoint) { Scheme = "http", Port = endpoint.Port < 0 ? 2375 : endpoint.Port }.Uri;
    }

    public bool IsOverSsh => _ssh is not null;

    /// <summary>What stands before the path of a request.</summary>
    public Uri Base { get; }

    public async Task<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        if (_ssh is not null)
        {
            // A new line has new sockets; connections of an old one are dead and are not taken again.
            var line = await _ssh.ReachAsync(cancellationToken).ConfigureAwait(false);
            return await line.DialAsync(_ssh.Address.Socket, cancellationToken).ConfigureAwait(false);
        }

        var isUnix = _endpoint.Scheme == "unix";
        var socket = isUnix ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified) : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            EndPoint there = isUnix ? new UnixDomainSocketEndPoint(_endpoint.LocalPath) : new DnsEndPoint(Base.Host, Base.Port);
            await socket.ConnectAsync(there, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Why a socket of this machine, or a port, could not be reached.</summary>
    public string Explain(SocketException failure)
    {
        var there = _endpoint.Scheme == "unix" ? _endpoint.LocalPath : $"{Base.Host}:{Base.Port}";
        return failure.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable => $"there is no socket at {there}",
            SocketError.AccessDenied => $"this user may not use {there}",
            SocketError.ConnectionRefused => $"nobody listens at {there}",
            _ => $"{there}: {failure.Message}",
        };
    }

    public static SocketsHttpHandler Handler(Func<CancellationToken, Task<Stream>> connect) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ActivityHeadersPropagator = null,
        ConnectCallback = async (_, cancellationToken) => await connect(cancellationToken).ConfigureAwait(false),
    };
}
