using System.Globalization;
using System.Net.Sockets;
using FieldMedic.Packs;
using FieldMedic.Platform.Commands;

namespace FieldMedic.Platform.Ssh;

/// <summary>
/// One connection to the host, shared by everything that is asked of it. ssh keeps it in the background for as long as somebody holds its
/// control socket, and ends by itself a few seconds later: we hold it, so that nothing is left behind even when we are killed. The same
/// socket tells at once when the connection is gone.
/// </summary>
internal sealed class SshLine : IDisposable
{
    private readonly SshFolder _folder;
    private readonly SshArguments _arguments;
    private readonly Socket _held = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Dictionary<string, Task<string>> _forwards = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    private SshLine(SshFolder folder, SshArguments arguments) => (_folder, _arguments) = (folder, arguments);

    /// <summary>Completes when the connection is gone.</summary>
    public Task Ended { get; private set; } = Task.CompletedTask;

    public bool IsUp => !Ended.IsCompleted;

    /// <exception cref="SshException">It did not come about.</exception>
    public static async Task<SshLine> OpenAsync(SshAddress address, SshSpec spec, string packFolder, CancellationToken cancellationToken)
    {
        var folder = SshFolder.Make();
        var arguments = new SshArguments(address, spec, packFolder, folder);
        var line = new SshLine(folder, arguments);
        try
        {
            var ran = await SshProgram.RunAsync(arguments.Connect(), arguments.Environ(), cancellationToken).ConfigureAwait(false);
            if (ran.ExitCode != 0)
            {
                throw SshFailure.Of(ran, folder.ReadLog());
            }

            await line._held.ConnectAsync(new UnixDomainSocketEndPoint(folder.Control), cancellationToken).ConfigureAwait(false);
            line.Ended = line.WatchAsync();
            return line;
        }
        catch (SocketException)
        {
            line.Dispose();
            throw new SshException(SshTrouble.Unreachable, "over ssh: the connection broke at once");
        }
        catch
        {
            line.Dispose();
            throw;
        }
    }

    /// <summary>The local end of a way to an address over there: a socket's path, or host:port.</summary>
    public Task<string> ForwardAsync(string target, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_forwards.TryGetValue(target, out var made) || made.IsFaulted || made.IsCanceled)
            {
                _forwards[target] = made = MakeAsync(_folder.Socket(string.Create(CultureInfo.InvariantCulture, $"f{_forwards.Count}")));
            }

            return made.WaitAsync(cancellationToken);
        }

        async Task<string> MakeAsync(string socket)
        {
            var ran = await SshProgram.RunAsync(_arguments.Forward(socket, target), new Dictionary<string, string>(), CancellationToken.None).ConfigureAwait(false);
            return ran.ExitCode == 0 ? socket : throw new IOException("over ssh: the way to Docker or to a port could not be opened");
        }
    }

    /// <summary>A connection to an address over there.</summary>
    public async Task<Stream> DialAsync(string target, CancellationToken cancellationToken)
    {
        var path = await ForwardAsync(target, cancellationToken).ConfigureAwait(false);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Runs a command whose text is fixed in our code.</summary>
    public Task<CommandOutput> RunAsync(string command, CancellationToken cancellationToken) => SshProgram.RunAsync(_arguments.Command(command), new Dictionary<string, string>(), cancellationToken);

    public void Dispose()
    {
        if (IsUp)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            try
            {
                SshProgram.RunAsync(_arguments.Exit(), new Dictionary<string, string>(), limit.Token).GetAwaiter().GetResult();
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // Then it ends by itself, once nobody holds it.
            }
        }

        _held.Dispose();
        _folder.Dispose();
    }

    private async Task WatchAsync()
    {
        var buffer = new byte[64];
        try
        {
            while (await _held.ReceiveAsync(buffer).ConfigureAwait(false) > 0)
            {
                // Its greeting; nothing else comes unasked.
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Gone as well.
        }
    }
}
