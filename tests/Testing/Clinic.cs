using FieldMedic.Chat;
using FieldMedic.Incidents;
using FieldMedic.Intake;
using FieldMedic.Journal;

namespace FieldMedic.Testing;

/// <summary>A small system, a tracker, a store and a medic that knows them: the stage for flow tests.</summary>
public sealed class Clinic
{
    public Clinic(LeapingTime? time = null)
    {
        Time = time ?? LeapingTime.OfTheFlow();
        System = new SmallSystem(Time);
        Store = new InMemoryStore(Time);
        Tracker = new CollectingTracker(Time);
    }

    public LeapingTime Time { get; }

    public SmallSystem System { get; }

    public InMemoryStore Store { get; }

    public CollectingTracker Tracker { get; }

    public CollectingObserver Observer { get; } = new();

    public string[] Secrets { get; set; } = [];

    public IComplaintTriage? Triage { get; set; }

    /// <summary>A medic as a fresh process would have it.</summary>
    public Medic Medic(IJournal? journal = null) => new(Ports(journal));

    /// <summary>A chat desk as a fresh process would have it.</summary>
    public ChatDesk Chat(IJournal? journal = null) => new(Ports(journal));

    public Task<ChatResult> SayAsync(IssueRef issue, string author, string body, TimeSpan? editedAfter = null)
        => Chat().HandleAsync(issue, Tracker.Comment(issue, author, body, editedAfter: editedAfter), CancellationToken.None);

    private MedicPorts Ports(IJournal? journal)
    {
        var system = System.Connect();
        return new MedicPorts
        {
            System = system,
            Journal = journal ?? Store,
            Locks = Store,
            Controls = Store,
            Triage = Triage ?? new WordTriage(system.Pack),
            Secrets = new NoSecrets(Secrets),
            Tracker = Tracker,
            Time = Time,
        };
    }

    public Task<RunResult> SupportAsync(IssueRef issue, RunOptions? options = null, IJournal? journal = null)
        => Medic(journal).SupportAsync(issue, options ?? new RunOptions(), Observer, CancellationToken.None);
}
