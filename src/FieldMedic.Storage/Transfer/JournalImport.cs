using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using FieldMedic.Incidents;
using FieldMedic.Journal;

namespace FieldMedic.Storage.Transfer;

/// <summary>
/// Reads what <see cref="JournalExport"/> wrote, and refuses what does not replay: every incident is folded event by event, and the
/// first line at which that fails is named.
/// </summary>
public sealed partial class JournalImport(TextReader from)
{
    private readonly HashSet<string> _incidents = new(StringComparer.Ordinal);
    private readonly List<StoredPause> _pauses = [];
    private JournalLine? _next;
    private int _line;
    private Incident? _incident;

    public int Incidents => _incidents.Count;

    public long Events { get; private set; }

    public int Pauses => _pauses.Count;

    /// <summary>Adds everything to a store, or nothing.</summary>
    /// <exception cref="ImportRefusedException">Line and reason.</exception>
    /// <exception cref="JournalException">The store cannot be written.</exception>
    public async Task AddToAsync(IStoreUpkeep store, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        await MoveAsync(cancellationToken).ConfigureAwait(false);
        if (_next is not { FieldmedicStore: { } version })
        {
            throw Refuse("this is no exported store: its first line is {\"fieldmedic_store\":1}.");
        }

        if (version != JournalLine.Version)
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"it was written in format {version}; this version reads {JournalLine.Version}."));
        }

        await MoveAsync(cancellationToken).ConfigureAwait(false);
        while (_next is { Pause: { } system })
        {
            _pauses.Add(new StoredPause(system, _next.By ?? throw Refuse("a pause says by whom."), _next.At ?? throw Refuse("a pause says since when.")));
            await MoveAsync(cancellationToken).ConfigureAwait(false);
        }

        await store.AddAsync(EventsAsync(cancellationToken), _pauses, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<StoredEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (_next is { End: null })
        {
            var stored = Stored(_next);
            Replay(stored);
            Events++;
            yield return stored;
            await MoveAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_next is null)
        {
            throw Refuse("the file ends in the middle: its last line is {\"end\":N}. Export it again.");
        }

        if (_next.End != Events)
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"{_next.End} events were exported and {Events} are here."));
        }

        await MoveAsync(cancellationToken).ConfigureAwait(false);
        if (_next is not null)
        {
            throw Refuse("something stands behind the last line.");
        }
    }

    private StoredEvent Stored(JournalLine line) => line is { Incident: { } incident, Sequence: { } sequence, At: { } at, Event: { } happened }
        ? new StoredEvent(PlainId().IsMatch(incident) ? incident : throw Refuse("the incident's id is not of letters, digits and hyphens."), sequence, at.ToUniversalTime(), happened.GetRawText(), _line)
        : throw Refuse("an event has incident, sequence, at and event.");

    private void Replay(StoredEvent stored)
    {
        if (_incident?.Id.Value != stored.Incident)
        {
            _incident = _incidents.Add(stored.Incident) ? null : throw Refuse($"the events of {stored.Incident} do not stand together.");
        }

        var expected = (_incident?.Sequence ?? 0) + 1;
        if (stored.Sequence != expected)
        {
            throw Refuse(string.Create(CultureInfo.InvariantCulture, $"event {stored.Sequence} of {stored.Incident} is not the one after {expected - 1}."));
        }

        try
        {
            var entry = stored.Entry();
            if ((entry.Event is IncidentEvent.IncidentOpened) != (expected == 1))
            {
                throw Refuse($"{stored.Incident} does not begin with being opened, once.");
            }

            StrictEvents.Check(stored.Payload);
            _incident = (_incident ?? new Incident { Id = entry.Incident, OpenedAt = entry.At }).Apply(entry);
        }
        catch (JournalException e)
        {
            throw Refuse(e.Message);
        }
        catch (Exception e) when (e is not ImportRefusedException)
        {
            throw Refuse($"the event does not replay: {e.Message}");
        }
    }

    private async Task MoveAsync(CancellationToken cancellationToken)
    {
        _line++;
        try
        {
            var text = await from.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            _next = text is null ? null : JournalLine.Read(text) ?? throw Refuse("null is no line of a store.");
        }
        catch (JsonException e)
        {
            throw Refuse($"it cannot be read: {e.Message}");
        }
    }

    private ImportRefusedException Refuse(string reason) => new(_line, reason);

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9-]{0,63}$")]
    private static partial Regex PlainId();
}
