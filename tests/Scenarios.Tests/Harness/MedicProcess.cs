using System.Diagnostics;
using System.Reflection;

namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>The real binary, running. Its progress on standard error can be followed line by line.</summary>
internal sealed class MedicProcess : IAsyncDisposable
{
    // Far beyond anything that is asserted: a hang fails the test instead of hanging the suite.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);
    private static readonly string Binary = Path.Combine(
        Checkout.Root,
        typeof(MedicProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "FieldMedicBinary").Value!);

    private readonly Process _process;
    private readonly CancellationTokenSource _limit;
    private readonly long _started = TimeProvider.System.GetTimestamp();
    private readonly Task<string> _output;
    private readonly List<string> _error = [];

    private MedicProcess(Process process)
    {
        _process = process;
        _limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        _limit.CancelAfter(Limit);
        _output = process.StandardOutput.ReadToEndAsync(_limit.Token);
    }

    public static MedicProcess Start(IReadOnlyDictionary<string, string> environment, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Binary)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        string[] ours = ["GITHUB_", "GH_", "FIELDMEDIC_", "COMPOSE_", "POSTGRES_", "QFIELDCLOUD_", "DOCKER_", "WEB_"];
        foreach (var name in start.Environment.Keys.Where(n => ours.Any(o => n.StartsWith(o, StringComparison.Ordinal))).ToList())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new MedicProcess(Process.Start(start)!);
    }

    /// <summary>Reads progress until a line is as wished; false when the process ended before.</summary>
    public async Task<bool> UntilAsync(Func<string, bool> isAsWished)
    {
        while (await _process.StandardError.ReadLineAsync(_limit.Token) is { } line)
        {
            _error.Add(line);
            if (isAsWished(line))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    public void Kill() => _process.Kill();

    public async Task<MedicRun> EndAsync()
    {
        await UntilAsync(_ => false);
        await _process.WaitForExitAsync(_limit.Token);
        return new MedicRun(_process.ExitCode, await _output, string.Join('\n', _error), TimeProvider.System.GetElapsedTime(_started));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _limit.Dispose();
    }
}
