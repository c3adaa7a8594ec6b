namespace FieldMedic.Platform.Postgres;

/// <summary>What one look at the table gave.</summary>
/// <param name="Dead">Rows that nothing moves any more, oldest first.</param>
/// <param name="WorkedOn">Rows that look dead, but a container still works on them.</param>
/// <param name="ClockSkew">The greatest difference between the clocks involved: ages are not to be trusted when it is large.</param>
internal sealed record DeadRowsLook(IReadOnlyList<DeadRow> Dead, int WorkedOn, TimeSpan ClockSkew)
{
    /// <summary>Beyond it nothing is cleaned up by age.</summary>
    public static readonly TimeSpan SkewLimit = TimeSpan.FromMinutes(1);
}
