using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;

namespace FieldMedic.Cluster;

/// <inheritdoc cref="ILookingGrain"/>
internal abstract class LookingGrain(ClusterSettings settings, TimeProvider time, ILogger log) : Grain, ILookingGrain, IRemindable
{
    private const string Reminder = "look";
    // The shortest that reminders allow.
    private static readonly TimeSpan ReminderEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan HurryEvery = TimeSpan.FromMilliseconds(500);
    private DateTimeOffset _hurryUntil;
    private DateTimeOffset _next;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(TickAsync, new GrainTimerCreationOptions(HurryEvery, HurryEvery) { KeepAlive = true });
        try
        {
            // Outlives this node: whichever node serves the reminder then wakes us up.
            await this.RegisterOrUpdateReminder(Reminder, ReminderEvery, ReminderEvery, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            ClusterLog.NoReminder(log, e.Message);
        }
    }

    public Task LookAsync()
    {
        // The lease of whoever is gone may have as long to live.
        _hurryUntil = time.GetUtcNow() + ClusterSettings.Lease + ClusterSettings.Lease;
        return NowAsync();
    }

    public Task ReceiveReminder(string reminderName, TickStatus status) => NowAsync();

    /// <summary>One look.</summary>
    protected abstract Task OnceAsync();

    private Task TickAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return now >= _next || now < _hurryUntil ? NowAsync() : Task.CompletedTask;
    }

    private Task NowAsync()
    {
        _next = time.GetUtcNow() + settings.LookEvery;
        return OnceAsync();
    }
}
