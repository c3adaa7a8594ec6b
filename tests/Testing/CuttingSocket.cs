using System.Net.Sockets;
using System.Text;

namespace FieldMedic.Testing;

/// <summary>
/// Stands before Docker's socket and passes everything on, except once: the first request that is as wished either reaches the daemon and its
/// answer is kept back, or never reaches it. Then the way is cut.
/// </summary>
public sealed class CuttingSocket : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string _folder = Directory.CreateTempSubdirectory("fm-cut-").FullName;
    private readonly string _daemon;
    private readonly Func<string, bool> _isWished;
    private readonly bool _lettingItThrough;
    private readonly Action _cut;
    private int _cuts;

    public CuttingSocket(string daemon, Func<string, bool> isWished, bool lettingItThrough, Action cut)
    {
        (_daemon, _isWished, _lettingItThrough, _cut) = (daemon, isWished, lettingItThrough, cut);
        _listener.Bind(new UnixDomainSocketEndPoint(Path));
        _listener.Listen(64);
        _ = AcceptAsync();
    }

    public string Path => System.IO.Path.Combine(_folder, "docker.sock");

    /// <summary>Whether the way was cut: 1, else 0.</summary>
    public int Cuts => _cuts;

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptAsync(_end.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        using var own = client;
        using var daemon = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await daemon.ConnectAsync(new UnixDomainSocketEndPoint(_daemon), _end.Token);
            var answers = PassAsync(daemon, client);
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await client.ReceiveAsync(buffer, _end.Token)) > 0)
            {
                var line = Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 200)).Split("\r\n")[0];
                if (_isWished(line) && Interlocked.CompareExchange(ref _cuts, 1, 0) == 0)
                {
                    await CutAsync(buffer.AsMemory(0, read));
                    return;
                }

                await daemon.SendAsync(buffer.AsMemory(0, read), _end.Token);
            }

            daemon.Shutdown(SocketShutdown.Send);
            await answers;
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two went away.
        }
    }

    /// <summary>On a connection of its own to the daemon, so that no part of the answer gets to the client.</summary>
    private async Task CutAsync(ReadOnlyMemory<byte> request)
    {
        if (_lettingItThrough)
        {
            using var daemon = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await daemon.ConnectAsync(new UnixDomainSocketEndPoint(_daemon), _end.Token);
            await daemon.SendAsync(request, _end.Token);
            await daemon.ReceiveAsync(new byte[1024], _end.Token);
        }

        _cut();
    }

    private async Task PassAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            int read;
            while ((read = await from.ReceiveAsync(buffer, _end.Token)) > 0)
            {
                await to.SendAsync(buffer.AsMemory(0, read), _end.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One of the two went away.
        }
    }
}
