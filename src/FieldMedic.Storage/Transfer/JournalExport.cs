using System.Text.Json;

namespace FieldMedic.Storage.Transfer;

/// <summary>Writes a store as lines of JSON.</summary>
public static class JournalExport
{
    /// <summary>Gives how many events were written.</summary>
    /// <exception cref="Journal.JournalException">The store cannot be read.</exception>
    public static async Task<long> WriteAsync(IStoreUpkeep store, TextWriter to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(to);
        var count = 0L;
        await WriteAsync(new JournalLine { FieldmedicStore = JournalLine.Version }).ConfigureAwait(false);
        foreach (var pause in await store.PausesAsync(cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(new JournalLine { Pause = pause.System, By = pause.By, At = Whole(pause.At) }).ConfigureAwait(false);
        }

        await foreach (var stored in store.EventsAsync(cancellationToken).ConfigureAwait(false))
        {
            using var payload = JsonDocument.Parse(stored.Payload);
            await WriteAsync(new JournalLine { Incident = stored.Incident, Sequence = stored.Sequence, At = Whole(stored.At), Event = payload.RootElement }).ConfigureAwait(false);
            count++;
        }

        await WriteAsync(new JournalLine { End = count }).ConfigureAwait(false);
        await to.FlushAsync(cancellationToken).ConfigureAwait(false);
        return count;

        Task WriteAsync(JournalLine line) => to.WriteAsync($"{line}\n".AsMemory(), cancellationToken);
    }

    /// <summary>To the microsecond, which is what every kind of store can hold.</summary>
    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
