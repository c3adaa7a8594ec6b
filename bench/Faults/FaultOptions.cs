namespace FieldMedic.Bench.Faults;

/// <summary>How a set is run.</summary>
internal sealed record FaultOptions
{
    public required string Scenarios { get; init; }

    public required string Out { get; init; }

    /// <summary>medic, or the name of a script in <c>scenarios/controls</c>.</summary>
    public required string Actor { get; init; }

    public required TimeSpan Window { get; init; }

    /// <summary>How long nothing may restart at the end.</summary>
    public required TimeSpan Hold { get; init; }

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    public string Project { get; } = Environment.GetEnvironmentVariable("COMPOSE_PROJECT_NAME") ?? "qfc";

    /// <summary>The patient's compose folder.</summary>
    public string Patient { get; } = Environment.GetEnvironmentVariable("FIELDMEDIC_FAULTS_PATIENT")
        ?? throw new InvalidOperationException("FIELDMEDIC_FAULTS_PATIENT names no patient; start the benchmark with bench/faults, on a daemon of its own.");

    public string Binary { get; } = Environment.GetEnvironmentVariable("BENCH_BINARY") ?? Path.Combine(AppContext.BaseDirectory, "fieldmedic");
}
