namespace FieldMedic.Dashboard.Live;

/// <summary>Says that something on the pages has changed, to all who wait for it.</summary>
internal sealed class LiveSignal
{
    // Another process counts from another beginning, so an old page never takes its count for its own.
    private readonly string _process = FormattableString.Invariant($"{Random.Shared.Next(0x1000000):x6}");
    private TaskCompletionSource _next = New();
    private long _count;

    /// <summary>What the pages show now.</summary>
    public string Version => FormattableString.Invariant($"{_process}-{Interlocked.Read(ref _count)}");

    /// <summary>Ends with the next change.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    public void Ring()
    {
        Interlocked.Increment(ref _count);
        Interlocked.Exchange(ref _next, New()).TrySetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
