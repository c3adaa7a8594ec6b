using FieldMedic.Intake;

namespace FieldMedic.Packs.Tests.Triage;

public sealed class TriageAccuracyTests(ITestOutputHelper output)
{
    [Fact]
    public void Judge_DevelopmentCorpus_NamesTheCategory()
    {
        var triage = new ComplaintTriage(ShippedPack.Complaints);
        var texts = Corpus.Read();
        var right = 0;
        var named = 0;
        foreach (var text in texts)
        {
            var kinds = triage.Judge(text.Title, text.Body, []).Kinds;
            var first = kinds.Count == 0 ? "unknown" : kinds[0];
            var isRight = first == text.Category || text.AlsoOk.Contains(first);
            right += isRight ? 1 : 0;
            named += isRight || kinds.Contains(text.Category) ? 1 : 0;
            if (!isRight)
            {
                output.WriteLine($"{text.Id} {text.Lang}: {text.Category}, read as {string.Join(", ", kinds.DefaultIfEmpty("unknown"))} | {text.Title}");
            }
        }

        output.WriteLine($"strongest kind right: {right} of {texts.Count}; right kind among those named: {named} of {texts.Count}");
        right.ShouldBeGreaterThanOrEqualTo(texts.Count * 75 / 100);
    }
}
