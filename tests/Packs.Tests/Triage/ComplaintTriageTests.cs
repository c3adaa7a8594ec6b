using System.Diagnostics;
using CsCheck;
using FieldMedic.Intake;

namespace FieldMedic.Packs.Tests.Triage;

public sealed class ComplaintTriageTests(ITestOutputHelper output)
{
    private static readonly ComplaintTriage Small = new(
    [
        new("worker_down", ComplaintNature.Fault, ["worker* down|dead", "ワーカー 停止"]),
        new("disk_space", ComplaintNature.Fault, ["no_space_left", "disk full"]),
        new("sync", ComplaintNature.Fault, ["sync* not|stuck", "synchronis* echou*|bloque*"]),
        new("status", ComplaintNature.StatusRequest, ["check status", "how_is status please"]),
        new("upload", ComplaintNature.Fault, ["upload* $broken"]),
    ],
    new Dictionary<string, IReadOnlyList<string>> { ["broken"] = ["broken", "klappt_nicht", "marche_pas"] });

    private static readonly ComplaintTriage Broad = new(
    [
        new("sync", ComplaintNature.Fault, ["sync*", "sync stuck"], IsBroad: true),
        new("disk_space", ComplaintNature.Fault, ["disk full"]),
    ],
    new Dictionary<string, IReadOnlyList<string>>());

    private static readonly ComplaintTriage Shipped = new(ShippedPack.QFieldCloud);

    [Theory]
    [InlineData("Workers are down", "worker_down")]
    [InlineData("WORKERS: DOWN!", "worker_down")]
    [InlineData("ワーカーが停止しています", "worker_down")]
    [InlineData("La synchronisation est bloquée", "sync")]
    [InlineData("La synchronisation est bloque\u0301e", "sync")]
    [InlineData("wor\u200Bkers are do\u00ADwn", "worker_down")]
    [InlineData("\u001b[31mworkers\u001b[0m are \u001b]0;fine\u0007down", "worker_down")]
    [InlineData("Ｗｏｒｋｅｒ ｄｏｗｎ", "worker_down")]
    [InlineData("It does not sync", "sync")]
    [InlineData("Please check the status", "status")]
    [InlineData("Please check the status, sync is stuck", "sync")]
    public void Judge_Title_NamesTheKind(string title, string kind)
        => Small.Judge(title, "", []).Kinds[0].ShouldBe(kind);

    [Theory]
    [InlineData("The workers are not down")]
    [InlineData("no down workers here")]
    [InlineData("workers are fine. The sun is down.")]
    [InlineData("<!-- workers down --> hello")]
    [InlineData("see https://example.org/worker/down/disk/full")]
    [InlineData("coworkers downtown")]
    [InlineData("help")]
    [InlineData("")]
    public void Judge_NothingSaid_NamesNothing(string title)
        => Small.Judge(title, title, [title]).ShouldBe(Incidents.Complaint.None);

    [Theory]
    [InlineData("Sync stuck at 50%", "upload_sync_failure")]
    [InlineData("Synchronisation hängt seit heute Morgen", "upload_sync_failure")]
    [InlineData("La sincronización falla siempre", "upload_sync_failure")]
    [InlineData("A sincronização não funciona", "upload_sync_failure")]
    [InlineData("La synchronisation ne marche pas", "upload_sync_failure")]
    [InlineData("同期できません", "upload_sync_failure")]
    [InlineData("Die Datenbank ist ausgefallen", "database_down")]
    [InlineData("La base de datos no responde", "database_down")]
    [InlineData("データベースに接続できません", "database_down")]
    [InlineData("Keine Worker: worker laufen nicht", "worker_down")]
    [InlineData("Le serveur est en panne", "service_down")]
    [InlineData("O servidor está fora do ar", "service_down")]
    [InlineData("サーバーが落ちています", "service_down")]
    [InlineData("Die Festplatte ist voll", "disk_space")]
    [InlineData("Das Zertifikat ist abgelaufen", "ssl_expired")]
    [InlineData("Please check the status of the system", "status_request")]
    [InlineData("Can you give me a status report?", "status_request")]
    public void Judge_ShippedSymptoms_NameTheKind(string title, string kind)
        => Shipped.Judge(title, "", []).Kinds.FirstOrDefault().ShouldBe(kind);

    [Theory]
    [InlineData("The upload is broken", "upload")]
    [InlineData("Der Upload klappt nicht", "upload")]
    [InlineData("L'upload ne marche pas", "upload")]
    [InlineData("Uppload is brokken", "upload")]
    public void Judge_WordOfTheVocabulary_NamesTheKind(string title, string kind)
        => Small.Judge(title, "", []).Kinds.ShouldBe([kind]);

    [Theory]
    [InlineData("Sync stuck", "disk full", new[] { "disk_space", "sync" })]
    [InlineData("Sync stuck, sync stuck", "", new[] { "sync" })]
    public void Judge_BroadKindBesideANarrowOne_NamesTheNarrowOneFirst(string title, string body, string[] kinds)
        => Broad.Judge(title, body, []).Kinds.ShouldBe(kinds);

    [Fact]
    public void Judge_SeveralSymptomsInOneSentence_CountTheClearest()
        => Broad.Judge("sync stuck", "", []).Matched.ShouldBe(["sync stuck"]);

    [Fact]
    public void Judge_FaintFaultBesideAStatusRequest_ComesFirst()
        => Small.Judge("How is the server, check status please", "fine I guess\n```\ndisk full\n```", []).Kinds[0].ShouldBe("disk_space");

    [Fact]
    public void New_NameThatIsNotInTheVocabulary_Throws()
        => Should.Throw<ArgumentException>(() => new ComplaintTriage([new("a", ComplaintNature.Fault, ["sync $stuck"])], new Dictionary<string, IReadOnlyList<string>>()))
            .Message.ShouldStartWith("The pack's vocabulary has no 'stuck'");

    [Fact]
    public void Judge_PastedLog_WeighsLessThanProse()
    {
        var complaint = Small.Judge("", "The sync is stuck.\n```\nERROR: no space left on disk\n```", []);

        complaint.Kinds.ShouldBe(["sync", "disk_space"]);
    }

    [Fact]
    public void Judge_AnyText_AnswersFromThePackOnly()
    {
        var kinds = ShippedPack.Complaints.Select(c => c.Id).ToHashSet();
        var phrases = ShippedPack.Complaints.SelectMany(c => c.Symptoms).ToHashSet();
        Gen.Select(Gen.String, Gen.String, Gen.String.Array[0, 3]).Sample(
            (title, body, comments) =>
            {
                var complaint = Shipped.Judge(title, body, comments);
                return complaint.Kinds.All(kinds.Contains) && complaint.Matched.All(phrases.Contains)
                    && complaint.Equals(Shipped.Judge(title, body, comments));
            },
            iter: 2000);
    }

    [Theory]
    [InlineData("worker down ")]
    [InlineData("a")]
    [InlineData("<!--")]
    [InlineData("<a")]
    [InlineData("\u001b]")]
    [InlineData("not ")]
    [InlineData("同期")]
    [InlineData("```\n")]
    [InlineData("sync* | _ ")]
    [InlineData("\uD83D\uDE00")]
    public void Judge_SeventeenMegabytes_IsQuickAndSmall(string part)
    {
        var body = string.Concat(Enumerable.Repeat(part, 17_000_000 / part.Length));
        var best = TimeSpan.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();

        // The best of a few: the machine may be busy with something else.
        for (var run = 0; run < 4; run++)
        {
            var started = Stopwatch.GetTimestamp();
            _ = Shipped.Judge("", body, []);
            best = best < Stopwatch.GetElapsedTime(started) ? best : Stopwatch.GetElapsedTime(started);
        }

        output.WriteLine($"{best.TotalMilliseconds:0.0} ms, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / 4 / 1024} KiB");
        best.TotalMilliseconds.ShouldBeLessThan(150);
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(64L * 1024 * 1024);
    }
}
