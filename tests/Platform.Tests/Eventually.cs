using System.Diagnostics;

namespace FieldMedic.Platform.Tests;

/// <summary>Polls a real system until something holds, with a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Task Async(Func<bool> holds) => Async(() => Task.FromResult(holds()), ok => ok);

    public static async Task<T> Async<T>(Func<Task<T>> look, Func<T, bool> holds)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (holds(seen))
            {
                return seen;
            }

            if (Stopwatch.GetElapsedTime(started) > Limit)
            {
                throw new TimeoutException($"It did not come true within {Limit.TotalSeconds:0} s; last seen: {seen}");
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }
}
