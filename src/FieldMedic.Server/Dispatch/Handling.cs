namespace FieldMedic.Server.Dispatch;

/// <summary>How an attempt to handle a delivery ended.</summary>
internal abstract record Handling
{
    private Handling()
    {
    }

    /// <summary>It took effect, or never will. Outcomes are words from a closed set, never text of people.</summary>
    internal sealed record Finished(string Outcome) : Handling;

    /// <summary>The rest takes as long as a repair does and waits its turn among those.</summary>
    internal sealed record Repair(Func<CancellationToken, Task<Handling>> Run) : Handling;

    /// <summary>It may work later; nothing was lost.</summary>
    internal sealed record Later(string Why) : Handling;
}
