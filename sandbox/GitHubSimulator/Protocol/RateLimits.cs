using System.Collections.Concurrent;

namespace GitHubSimulator.Protocol;

/// <summary>Counts requests by account and hour.</summary>
internal sealed class RateLimits(SimulatorOptions options)
{
    public const int Anonymous = 60;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Usage> usages = new(StringComparer.OrdinalIgnoreCase);

    public Usage Of(string? login) => Current(login, usages.GetValueOrDefault(Key(login)));

    public Usage Take(string? login) => Count(login, 1);

    /// <summary>A request answered with 304 costs nothing.</summary>
    public void GiveBack(string? login) => Count(login, -1);

    public void Reset() => usages.Clear();

    private Usage Count(string? login, int by) => usages.AddOrUpdate(
        Key(login),
        _ => Plus(Current(login, null), by),
        (_, known) => Plus(Current(login, known), by));

    private Usage Current(string? login, Usage? known)
    {
        var now = options.Time.GetUtcNow();
        return known is not null && known.Reset > now
            ? known
            : new Usage(login is null ? Anonymous : options.RateLimit, 0, now + Window);
    }

    private static Usage Plus(Usage usage, int by) => usage with { Used = Math.Max(0, usage.Used + by) };

    private static string Key(string? login) => login ?? string.Empty;

    /// <summary>Where an account stands in its hour.</summary>
    internal sealed record Usage(int Limit, int Used, DateTimeOffset Reset)
    {
        public int Remaining => Math.Max(0, Limit - Used);

        public bool IsExceeded => Used > Limit;
    }
}
