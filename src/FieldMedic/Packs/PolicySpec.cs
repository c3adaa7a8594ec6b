namespace FieldMedic.Packs;

/// <summary>Limits and windows of a system. The defaults are the careful ones.</summary>
public sealed record PolicySpec
{
    public Autonomy Autonomy { get; init; } = Autonomy.Auto;

    /// <summary>How long everything must stay good before it counts.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Time to become quiet, on top of the window.</summary>
    public TimeSpan SettleBudget { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a consequence of the treated fault may take to go away by itself before it is treated too.</summary>
    public TimeSpan ConsequenceGrace { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>One sweep as a whole.</summary>
    public TimeSpan SweepDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Remedy attempts (rungs) per incident.</summary>
    public int Attempts { get; init; } = 6;

    /// <summary>Minimum time between two uses of a remedy on the same target.</summary>
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Uses of one remedy on one target within <see cref="RemedyWindow"/>.</summary>
    public int RemedyAttempts { get; init; } = 10;

    public TimeSpan RemedyWindow { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Actions of any kind per hour.</summary>
    public int ActionsPerHour { get; init; } = 40;

    /// <summary>More sick services than this: hands off.</summary>
    public int MaxSickServices { get; init; } = 4;

    /// <summary>This many failed verdicts in a row within <see cref="RemedyWindow"/> open the breaker.</summary>
    public int BreakerFailures { get; init; } = 6;

    /// <summary>How long a closed issue is watched for a relapse.</summary>
    public TimeSpan Watch { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan WatchEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the issue is read for an approval while <c>support --follow</c> waits for one.</summary>
    public TimeSpan ApprovalEvery { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>An older proof is not good enough to close; Verify runs again.</summary>
    public TimeSpan ProofMaxAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The label by which a human tells the bot to stand back.</summary>
    public string HoldLabel { get; init; } = "hold";

    /// <summary>A maintainer who did something on the issue no longer ago than this is at work on it; zero does not look.</summary>
    public TimeSpan BackOff { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whose report starts a repair.</summary>
    public TriggerRule Trigger { get; init; } = TriggerRule.Anyone;

    /// <summary>With <c>trigger: label</c>, the label.</summary>
    public string TriggerLabel { get; init; } = "medic";

    /// <summary>What a report gets that may not start a repair.</summary>
    public UntrustedRule Untrusted { get; init; } = UntrustedRule.Ignore;
}
