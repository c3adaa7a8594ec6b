namespace FieldMedic.Platform.Tests;

/// <summary>The system's clock, set wrong by a fixed time.</summary>
internal sealed class ShiftedTime(TimeSpan shift) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
}
