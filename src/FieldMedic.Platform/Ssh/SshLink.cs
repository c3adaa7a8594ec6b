using System.Globalization;
using System.Net;
using FieldMedic.Packs;

namespace FieldMedic.Platform.Ssh;

/// <summary>
/// The way to the host: one line at a time, made when it is needed and made again after it broke. Whoever needs it waits for the same
/// attempt. Between rounds of attempts there is a growing pause; a refusal that would only be repeated is remembered for longer.
/// </summary>
internal sealed class SshLink(SshAddress address, SshSpec spec, string packFolder, TimeProvider time) : IDisposable
{
    /// <summary>The most that one round of attempts may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(30);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposed = new();
    private SshLine? _line;
    private Task<SshLine>? _opening;
    private SshException? _failure;
    private DateTimeOffset _notBefore;
    private TimeSpan _pause = FirstPause;

    public SshAddress Address => address;

    public SshSpec Spec => spec;

    /// <summary>Whether an address of the pack means the machine the system runs on.</summary>
    public static bool IsLocal(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    public static bool IsLocalUrl(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed) && IsLocal(parsed.Host);

    /// <summary>A port of that machine, as it sees itself.</summary>
    public static string Local(int port) => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");

    public bool IsUp => _line is { IsUp: true };

    /// <summary>The line that stands, or a new one.</summary>
    /// <exception cref="SshException">There is no way to the host now.</exception>
    public Task<SshLine> ReachAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_line is { IsUp: true } line)
            {
                return Task.FromResult(line);
            }

            if (_opening is { IsCompleted: false } opening)
            {
                return opening.WaitAsync(cancellationToken);
            }

            if (_failure is { } failure && time.GetUtcNow() < _notBefore)
            {
                return Task.FromException<SshLine>(new SshException(failure.Trouble, failure.Message));
            }

            // Not the caller's token: others wait for the same attempt, and the next sweep profits from it.
            _opening = Task.Run(OpenAsync, CancellationToken.None);
            return _opening.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        _disposed.Cancel();
        lock (_gate)
        {
            _line?.Dispose();
            _line = null;
        }

        _disposed.Dispose();
    }

    private async Task<SshLine> OpenAsync()
    {
        var started = time.GetTimestamp();
        var pause = FirstPause;
        while (true)
        {
            try
            {
                return Take(await AttemptAsync(started).ConfigureAwait(false));
            }
            catch (SshException e)
            {
                if (e.IsFinal || time.GetElapsedTime(started) + pause >= Patience)
                {
                    Remember(e);
                    throw;
                }
            }

            await Task.Delay(pause, time, _disposed.Token).ConfigureAwait(false);
            pause *= 2;
        }
    }

    private async Task<SshLine> AttemptAsync(long started)
    {
        var left = Patience - time.GetElapsedTime(started);
        using var limit = new CancellationTokenSource(left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1), time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _disposed.Token);
        try
        {
            return await SshLine.OpenAsync(address, spec, packFolder, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            throw new SshException(SshTrouble.Unreachable, "over ssh: the host does not answer");
        }
    }

    private SshLine Take(SshLine line)
    {
        lock (_gate)
        {
            _line?.Dispose();
            (_line, _failure, _pause) = (line, null, FirstPause);
            if (_disposed.IsCancellationRequested)
            {
                line.Dispose();
            }

            return line;
        }
    }

    private void Remember(SshException failure)
    {
        lock (_gate)
        {
            _failure = failure;
            _notBefore = time.GetUtcNow() + (failure.IsFinal ? AfterRefusal : _pause);
            _pause = _pause * 2 > LongestPause ? LongestPause : _pause * 2;
        }
    }
}
