namespace FieldMedic.Server.Tests.Harness;

/// <summary>Tests that look at the clock: nothing of this assembly runs beside them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
