using FieldMedic.Intake;
using FieldMedic.Intake.Corpus;

namespace FieldMedic.Packs.Tests.Triage;

public sealed class TriageAccuracyTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("triage-dev.jsonl")]
    [InlineData("paraphrases.jsonl")]
    [InlineData("rounds.jsonl")]
    [InlineData("unseen.jsonl")]
    public void Score_OfACorpus_KeepsItsPromise(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "corpora", file);

        var score = CorpusScore.Of(CorpusReader.Read(file, File.ReadLines(path)), ShippedPack.QFieldCloud, new ComplaintTriage(ShippedPack.QFieldCloud));

        foreach (var wrong in score.Cases.Where(c => !c.IsRight))
        {
            output.WriteLine($"{wrong.Case.Id}: {wrong.Case.Category} taken for {wrong.Answer} | {wrong.Case.Title}");
        }

        output.WriteLine($"{score.AnswerableRight} of {score.Answerable}, missed {score.MissedOutages} of {score.Outages}");
        score.Accuracy.ShouldNotBeNull().ShouldBeGreaterThanOrEqualTo(0.9);
        (score.MissedOutages / (double)score.Outages).ShouldBeLessThanOrEqualTo(0.02);
        score.FalseTouches.ShouldBe(0);
    }

    /// <summary>A pack that would repair without having measured is what "false touch" is there to find.</summary>
    [Fact]
    public void Score_ProblemThatHoldsWithoutAnyMeasurement_IsAFalseTouch()
    {
        var pack = ShippedPack.QFieldCloud;
        var careless = pack with { Problems = [.. pack.Problems.Select(p => p.Id == "worker_down" ? p with { When = [] } : p)] };
        CorpusCase[] cases = [new("1", "Workers are down", "", [], "worker_down", [], true, ExpectedAction.NeedsDiagnostics)];

        CorpusScore.Of(cases, careless, new ComplaintTriage(pack)).FalseTouches.ShouldBe(1);
    }

    [Fact]
    public void Score_FaultTakenForAWish_IsAMissedOutage()
    {
        CorpusCase[] cases = [new("1", "Please add a feature for dark mode", "", [], "service_down", [], true, ExpectedAction.Fix)];

        var score = CorpusScore.Of(cases, ShippedPack.QFieldCloud, new ComplaintTriage(ShippedPack.QFieldCloud));

        score.MissedOutages.ShouldBe(1);
        score.Confusion["service_down"].ShouldBe(new Dictionary<string, int> { ["feature_request"] = 1 });
    }

    [Theory]
    [InlineData("nonsense", "f:1: not JSON (column 2).")]
    [InlineData("null", "f:1: null is no case.")]
    [InlineData("""{"title":3,"category":"x"}""", "f:1: 'title' is not what is expected there.")]
    [InlineData("""{"title":"x"}""", "f:1: 'category' is missing: the kind that is right, or unknown.")]
    [InlineData("""{"title":"x","category":"y"}""", "f:1: 'expected_action' is missing (fix, needs_diagnostics, escalate, no_fault_reply).")]
    [InlineData("""{"title":"x","category":"y","expected_action":"dance"}""", "f:1: 'expected_action' is not what is expected there.")]
    [InlineData("""{"category":"y","expected_action":"fix"}""", "f:1: there is neither 'title' nor 'body'.")]
    [InlineData("", "f: there is no case in it; one JSON object a line is expected.")]
    public void Read_BadLine_SaysWhereAndWhat(string line, string message)
        => Should.Throw<FormatException>(() => CorpusReader.Read("f", [line])).Message.ShouldBe(message);

    [Fact]
    public void Read_ManyBadLines_ShowsTheFirst()
        => Should.Throw<FormatException>(() => CorpusReader.Read("f", Enumerable.Repeat("x", 100))).Message.ShouldEndWith("f:10: not JSON (column 1).\nand 90 more");
}
