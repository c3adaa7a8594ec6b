using System.Net;
using System.Net.Sockets;

namespace FieldMedic.Server.Tests.Harness;

/// <summary>A way to a server on loopback that can be cut: nothing passes any more, and nobody is told.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _cut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<TcpClient> _open = [];
    private readonly int _target;

    public Relay(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut() => _cut.TrySetResult();

    public void Dispose()
    {
        _cut.TrySetResult();
        _listener.Dispose();
        lock (_open)
        {
            _open.ForEach(c => c.Dispose());
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                lock (_open)
                {
                    _open.AddRange([near, far]);
                }

                if (!_cut.Task.IsCompleted)
                {
                    await far.ConnectAsync(IPAddress.Loopback, _target);
                    _ = PassAsync(near, far);
                    _ = PassAsync(far, near);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed.
        }
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (true)
            {
                var read = await from.GetStream().ReadAsync(buffer);
                if (_cut.Task.IsCompleted)
                {
                    return;
                }

                if (read == 0)
                {
                    to.Dispose();
                    return;
                }

                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            to.Dispose();
        }
    }
}
