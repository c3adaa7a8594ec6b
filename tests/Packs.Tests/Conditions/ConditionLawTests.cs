using CsCheck;
using FieldMedic.Incidents;

namespace FieldMedic.Packs.Tests.Conditions;

public sealed class ConditionLawTests
{
    [Fact]
    public void Parse_WrittenCondition_ReadsBack()
        => ConditionGen.Text.Sample(text =>
        {
            var parsed = ConditionParser.Parse(text, out var error);
            error.ShouldBeNull();
            ConditionParser.Parse(parsed!.ToString(), out _).ShouldBe(parsed);
        });

    [Fact]
    public void Parse_AnyText_AnswersOrSaysWhy()
        => Gen.String.Sample(text => ConditionParser.Parse(text, out var error) is null == error is { Length: > 0 });

    [Fact]
    public void All_Conjunction_FollowsKleene()
        => Gen.Select(ConditionGen.Condition.Array[0, 5], ConditionGen.Snapshot).Sample((conditions, snapshot) =>
        {
            var parts = conditions.Select(c => ConditionEvaluator.Evaluate(c, snapshot)).ToList();
            var expected = parts.Contains(Truth.False) ? Truth.False : parts.Contains(Truth.Unknown) ? Truth.Unknown : Truth.True;
            return ConditionEvaluator.All(conditions, snapshot) == expected;
        });

    [Fact]
    public void Evaluate_Any_FollowsKleene()
        => Gen.Select(ConditionGen.Any, ConditionGen.Snapshot).Sample((condition, snapshot) =>
        {
            var parts = ((Condition.Any)condition).Alternatives.Select(a => ConditionEvaluator.All(a, snapshot)).ToList();
            var expected = parts.Contains(Truth.True) ? Truth.True : parts.Contains(Truth.Unknown) ? Truth.Unknown : Truth.False;
            return ConditionEvaluator.Evaluate(condition, snapshot) == expected;
        });

    [Fact]
    public void All_AnyOrder_GivesTheSame()
        => Gen.Select(ConditionGen.Condition.Array[2, 5], ConditionGen.Snapshot).Sample((conditions, snapshot)
            => ConditionEvaluator.All(conditions, snapshot) == ConditionEvaluator.All([.. conditions.Reverse()], snapshot));

    [Fact]
    public void Evaluate_NothingObserved_IsNeverDecided()
        => ConditionGen.Condition.Sample(condition => ConditionEvaluator.Evaluate(condition, Snapshot.Empty) == Truth.Unknown);

    [Fact]
    public void All_LessKnown_NeverFlips()
        => Gen.Select(ConditionGen.Condition.Array[1, 4], ConditionGen.Snapshot, Gen.Int[0, 2]).Sample((conditions, snapshot, forgotten) =>
        {
            var less = snapshot with { Observations = [.. snapshot.Observations.Where((_, i) => i != forgotten)] };
            var before = ConditionEvaluator.All(conditions, snapshot);
            var after = ConditionEvaluator.All(conditions, less);
            return after == Truth.Unknown || after == before;
        });

    [Fact]
    public void Evaluate_StaleOrUnknownSide_IsUnknown()
        => Gen.Select(ConditionGen.Comparison, ConditionGen.Snapshot).Sample((condition, snapshot) =>
        {
            var comparison = (Condition.Comparison)condition;
            var sides = new[] { comparison.Left, comparison.Right.Observation }.OfType<string>();
            return !sides.Any(s => snapshot[s].IsUnknown) || ConditionEvaluator.Evaluate(condition, snapshot) == Truth.Unknown;
        });

    [Fact]
    public void Evidence_HoldingConditions_AreTheOnesShown()
        => Gen.Select(ConditionGen.Comparison.Array[1, 4], ConditionGen.Snapshot).Sample((conditions, snapshot)
            => ConditionEvaluator.Evidence(conditions, snapshot).Count() == conditions.Count(c => ConditionEvaluator.Evaluate(c, snapshot) == Truth.True));

    [Theory]
    [InlineData("worker.running", "is not 'observation op value'")]
    [InlineData("running < 2", "is not 'observation op value'")]
    [InlineData("a.x < 3 parsecs", "'parsecs' is not a unit")]
    [InlineData("a.x == up", "neither a number with unit")]
    [InlineData("a.x => 2", "neither a number with unit")]
    public void Parse_Mistake_SaysWhatIsWrong(string text, string message)
    {
        ConditionParser.Parse(text, out var error).ShouldBeNull();
        error.ShouldNotBeNull().ShouldContain(message);
    }
}
