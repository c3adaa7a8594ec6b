using CsCheck;
using FieldMedic.Incidents;

namespace FieldMedic.Packs.Tests.Conditions;

/// <summary>Random snapshots and conditions over a few names, some of which are never observed or stale.</summary>
internal static class ConditionGen
{
    private static readonly string[] Names = ["a.x", "a.y", "b.x", "b.never"];

    public static Gen<ObservedValue> Value { get; } = Gen.OneOf(
        Gen.Int[-2, 2].Select(i => ObservedValue.Of(i)),
        Gen.Bool.Select(ObservedValue.Of),
        OneOf("up", "down").Select(ObservedValue.Of),
        Gen.Const(ObservedValue.Unknown("timed out")));

    public static Gen<Snapshot> Snapshot { get; } = Gen.Select(Value, Value, Value, Gen.Bool).Select((x, y, z, stale) => Of(x, y, z, stale));

    public static Gen<string> Text { get; } = Gen.Select(
        OneOf(Names),
        OneOf("==", "!=", "<", "<=", ">", ">="),
        Gen.OneOf(Gen.Int[-2, 2].Select(i => $"{i}"), OneOf("true", "false", "'up'", "90%", "1.5h", "2GiB"), OneOf(Names)))
        .Select((left, comparison, right) => $"{left} {comparison} {right}");

    public static Gen<Condition> Comparison { get; } = Text.Select(t => (Condition)ConditionParser.Parse(t, out _)!);

    public static Gen<Condition> Any { get; } = Comparison.Array[1, 3].Array[1, 3].Select(a => (Condition)new Condition.Any([.. a]));

    public static Gen<Condition> Condition { get; } = Gen.Frequency((3, Comparison), (1, Any));

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Snapshot Of(ObservedValue x, ObservedValue y, ObservedValue z, bool stale)
        => new(
            DateTimeOffset.UnixEpoch,
            [
                new Observation("a.x", x, DateTimeOffset.UnixEpoch),
                new Observation("a.y", y, DateTimeOffset.UnixEpoch, "", stale ? TimeSpan.FromSeconds(60) : TimeSpan.Zero),
                new Observation("b.x", z, DateTimeOffset.UnixEpoch),
            ],
            []);
}
