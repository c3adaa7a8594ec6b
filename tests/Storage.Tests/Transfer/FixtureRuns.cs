using FieldMedic.Incidents;
using FieldMedic.Journal;
using FieldMedic.Packs;
using FieldMedic.Storage.Transfer;
using FieldMedic.Testing;

namespace FieldMedic.Storage.Tests.Transfer;

/// <summary>
/// How the fixtures were made: real runs of the flow, exported. Run by hand when a new kind of run is added; a fixture that is there is
/// never written again.
/// </summary>
public sealed class FixtureRuns
{
    private static readonly Dictionary<string, Func<Clinic, Task>> Runs = new()
    {
        ["resolved"] = async clinic =>
        {
            clinic.System.Stop("worker");
            await clinic.SupportAsync(clinic.Tracker.Open(1, "Sync stuck at 50 %"));
        },
        ["two-faults"] = async clinic =>
        {
            clinic.System.Stop("db");
            clinic.System.Stop("worker");
            await clinic.SupportAsync(clinic.Tracker.Open(1, "login fails"));
        },
        ["cannot-observe"] = async clinic =>
        {
            clinic.System.Unreachable = "connection refused";
            await clinic.SupportAsync(clinic.Tracker.Open(1, "Sync stuck"));
        },
        ["remedies-exhausted"] = async clinic =>
        {
            clinic.System.Stop("worker");
            clinic.System.OnAction = (_, _) => { };
            await clinic.SupportAsync(clinic.Tracker.Open(1, "Sync stuck"));
        },
        ["answered"] = async clinic => await clinic.SupportAsync(clinic.Tracker.Open(1, "status please")),
        ["approved"] = async clinic =>
        {
            clinic.System.Policy = clinic.System.Policy with { Autonomy = Autonomy.Approve };
            clinic.System.Stop("worker");
            var issue = clinic.Tracker.Open(1, "Sync stuck");
            await clinic.SupportAsync(issue);
            clinic.Tracker.Comment(issue, "maintainer", "/medic approve");
            await clinic.SupportAsync(issue);
        },
        ["relapsed"] = async clinic =>
        {
            clinic.System.Stop("worker");
            await clinic.SupportAsync(clinic.Tracker.Open(1, "Sync stuck"));
            clinic.System.Stop("worker");
            await clinic.Medic().WatchAsync(once: true, clinic.Observer, CancellationToken.None);
        },
        ["crashed-in-the-action"] = async clinic =>
        {
            clinic.System.Stop("worker");
            var issue = clinic.Tracker.Open(1, "Sync stuck");
            await Should.ThrowAsync<CrashingJournal.CrashException>(() => clinic.SupportAsync(issue, journal: new CrashingJournal(clinic.Store, 4, afterAppend: true)));
            clinic.Store.HolderDies();
            await clinic.SupportAsync(issue);
        },
    };

    [Fact(Explicit = true)]
    public async Task Make()
    {
        foreach (var (name, run) in Runs.Where(r => !File.Exists(Fixtures.PathOf(r.Key))))
        {
            var clinic = new Clinic();
            await run(clinic);
            using var folder = new TemporaryFolder();
            await using (var store = await SqliteStore.OpenAsync(folder.File("journal.db"), clinic.Time, CancellationToken.None))
            {
                await store.Upkeep.AddAsync(Stored(clinic.Store.All()), [], CancellationToken.None);
                await using var writer = File.CreateText(Fixtures.PathOf(name));
                await JournalExport.WriteAsync(store.Upkeep, writer, CancellationToken.None);
            }
        }
    }

    private static async IAsyncEnumerable<StoredEvent> Stored(IEnumerable<JournalEntry> entries)
    {
        await Task.Yield();
        foreach (var entry in entries.OrderBy(e => e.Incident).ThenBy(e => e.Sequence))
        {
            yield return new StoredEvent(entry.Incident.Value, entry.Sequence, entry.At, JournalJson.Write(entry.Event));
        }
    }
}
