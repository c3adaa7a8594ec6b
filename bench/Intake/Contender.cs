using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FieldMedic.Bench.Patient;
using Microsoft.Data.Sqlite;

namespace FieldMedic.Bench.Intake;

/// <summary>One server under load, and what was measured of it.</summary>
/// <param name="Keeps">The file in which each delivery leaves a row, or a line; null when it stores nothing.</param>
internal sealed record Contender(string Name, string Promise, Process Process, Uri Url, string? Keeps) : IDisposable
{
    private const int BodySize = 12 * 1024;
    private static int _issue;
    private int _sent;

    public Figures Rate { get; } = new("requests/s");

    public Figures P99 { get; } = new("p99");

    public Figures Processor { get; } = new("processor time");

    public int Refused { get; private set; }

    public async Task LoadAsync(int count, int atOnce, long sender, bool keep, CancellationToken cancellation)
    {
        var requests = Enumerable.Range(0, count).Select(_ => Request(Interlocked.Increment(ref _issue), sender)).ToList();
        var connections = await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Sender.ConnectAsync(Url, cancellation)));
        var next = -1;
        var refused = 0;
        var times = new double[count];
        Process.Refresh();
        var used = Process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(connections.Select(connection => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                var posted = Stopwatch.GetTimestamp();
                var status = await connection.PostAsync(requests[i], cancellation);
                times[i] = Stopwatch.GetElapsedTime(posted).TotalMilliseconds;
                if (status is < 200 or > 299)
                {
                    Interlocked.Increment(ref refused);
                }
            }
        }, cancellation)));
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Process.Refresh();
        Array.ForEach(connections, s => s.Dispose());
        _sent += count;
        Refused += refused;
        if (keep)
        {
            Array.Sort(times);
            Rate.Add(count / seconds);
            P99.Add(times[(int)(count * 0.99)]);
            Processor.Add((Process.TotalProcessorTime - used).TotalMicroseconds / count);
        }
    }

    /// <summary>Numbers of deliveries that were answered and not stored are none.</summary>
    /// <exception cref="InvalidOperationException">It stored another number than it was sent.</exception>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (Keeps is not null)
        {
            var stored = Keeps.EndsWith(".db", StringComparison.Ordinal)
                ? await CountAsync("SELECT count(*) FROM deliveries", cancellation)
                : File.ReadLines(Keeps).Count();
            if (stored != _sent - Refused)
            {
                throw new InvalidOperationException($"{Name} acknowledged {_sent - Refused} deliveries and stored {stored}: nothing was measured.");
            }
        }
    }

    /// <summary>A number out of the database that it keeps.</summary>
    public async Task<long> CountAsync(string sql, CancellationToken cancellation)
    {
        await using var connection = new SqliteConnection($"Data Source={Keeps};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public void Dispose()
    {
        Process.Kill();
        Process.WaitForExit();
        Process.Dispose();
    }

    private byte[] Request(int issue, long sender)
    {
        var head = $$"""{"action":"opened","issue":{"number":{{issue}},"title":"Sync stuck at 50 %","state":"open","created_at":"2026-01-15T12:00:00Z","updated_at":"2026-01-15T12:00:00Z","user":{"login":"{{IntakeBench.Us}}","id":{{sender}},"type":"User"},"labels":[],"body":" """;
        var tail = $$""" "},"repository":{"id":1,"name":"maps","full_name":"acme/maps","owner":{"login":"acme","id":2,"type":"Organization"} },"sender":{"login":"{{IntakeBench.Us}}","id":{{sender}},"type":"User"},"installation":{"id":70} }""";
        var body = Encoding.UTF8.GetBytes(head + new string('x', BodySize - head.Length - tail.Length) + tail);
        var signature = $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(IntakeBench.Secret), body))}";
        return Sender.Render(Url, string.Create(CultureInfo.InvariantCulture, $"00000000-0000-4000-8000-{issue:x12}"), signature, body);
    }
}
