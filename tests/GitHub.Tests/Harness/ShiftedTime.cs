namespace FieldMedic.GitHub.Tests.Harness;

/// <summary>The real clock, put forward at will; timers run as they do.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
