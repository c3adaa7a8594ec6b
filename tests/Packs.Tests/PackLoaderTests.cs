using FieldMedic.Packs.Tests.Kinds;
using FieldMedic.Packs.Yaml;

namespace FieldMedic.Packs.Tests;

public sealed class PackLoaderTests
{
    [Fact]
    public void Load_EveryKey_BecomesTypedPack()
    {
        var result = PackText.Load(
            """
            system: full
            title: Everything
            docker: unix:///var/run/docker.sock
            compose_project: ${PROJECT:-full}
            services:
              db: { optional: true }
              worker: { needs: [db], replicas: "${REPLICAS:-2}" }
              job: { one_shot: true }
            probes:
              containers: { test.counts: { only: [db] }, required: true, timeout: 1m30s }
              site:
                test.address: { url: "https://localhost/", expect: plain_text, verify_tls: no, max_body: 1MiB, share: 90%, slow: 500ms, status: 204, headers: { Accept: "*/*" } }
              cached: { test.address: { url: "https://localhost/status" }, stale_after: 60s }
            problems:
              worker_down:
                title: Workers are down
                service: worker
                when: [ worker.running < worker.desired, any: [ "site.ok == false", [ "site.ms > 2s", "db.running == 0" ] ] ]
                proof: [ worker.running >= before.worker.running ]
                explains: [ sync_stuck ]
                remedies: [ start ]
                show: [ worker.running ]
                contact: admin
                next_step: Look at it.
                prevention: Watch it.
                window: 60s
                caused_by: [ stopped ]
              stopped:
                for_each: { services: all, except: [ worker ] }
                title: "{service} is stopped"
                kind: service_down
                when: [ "{service}.running < {service}.desired" ]
                show: [ "{service}.exited" ]
                next_step: "Start {service}."
              job_failed:
                for_each: { services: one_shot }
                title: "{service} failed"
                when: [ "{service}.exited > 1" ]
            remedies:
              start: { test.start: {}, risk: medium, budget: 2m, requires: [ db.paused == 0 ], cooldown: 5s, attempts: 2, autonomy: approve, temporary: true }
            complaints:
              sync_stuck: { symptoms: [ "sync* stuck|hang*" ] }
              status: { nature: status_request, symptoms: [ status ] }
            healthy: [ site.ok == true ]
            status: [ worker.running, cached.body.database ]
            contacts:
              admin: "${ADMINS:-}"
              developer: [ "@dev-one", org/team ]
            public: [ example.org ]
            policy: { autonomy: approve, window: "${WINDOW:-45s}", attempts: 3, trigger: label, trigger_label: please-look, untrusted: diagnose }
            """,
            ("ADMINS", "one, @two"),
            ("REPLICAS", "4"));

        result.Problems.ShouldBeEmpty();
        var pack = result.Pack.ShouldNotBeNull();
        pack.ComposeProject.ShouldBe("full");
        pack.Services["worker"].Replicas.ShouldBe(4);
        pack.Services["job"].OneShot.ShouldBeTrue();
        pack.Probes.Select(p => (p.Name, p.Timeout, p.StaleAfter, p.Required)).ShouldBe(
        [
            ("containers", TimeSpan.FromSeconds(90), TimeSpan.Zero, true),
            ("site", TimeSpan.FromSeconds(3), TimeSpan.Zero, false),
            ("cached", TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(60), false),
        ]);
        var site = pack.Probes[1].Settings.ShouldBeOfType<AddressProbe>();
        site.ShouldBe(new AddressProbe
        {
            Url = "https://localhost/",
            Expect = AnswerKind.PlainText,
            VerifyTls = false,
            MaxBody = 1 << 20,
            Share = 90,
            Slow = TimeSpan.FromMilliseconds(500),
            Status = 204,
            Headers = site.Headers,
        });
        site.Headers["Accept"].ShouldBe("*/*");
        pack.Problems.Select(p => p.Key).ShouldBe(["worker_down/worker", "stopped/db", "job_failed/job"]);
        pack.Problems[0].When[1].ToString().ShouldBe("any of (site.ok == false | site.ms > 2s and db.running == 0)");
        pack.Problems[0].Window.ShouldBe(TimeSpan.FromSeconds(60));
        pack.Problems[1].Kind.ShouldBe("service_down");
        pack.Problems[0].Kind.ShouldBeNull();
        pack.Remedies["start"].Attempts.ShouldBe(2);
        pack.Problems[1].Title.ShouldBe("db is stopped");
        pack.Problems[1].When[0].ToString().ShouldBe("db.running < db.desired");
        pack.Problems[1].NextStep.ShouldBe("Start db.");
        pack.Remedies["start"].Autonomy.ShouldBe(Autonomy.Approve);
        pack.Remedies["start"].Cooldown.ShouldBe(TimeSpan.FromSeconds(5));
        pack.Contacts["admin"].ShouldBe(["one", "two"]);
        pack.Contacts["developer"].ShouldBe(["dev-one", "org/team"]);
        pack.Policy.Window.ShouldBe(TimeSpan.FromSeconds(45));
        pack.Policy.Attempts.ShouldBe(3);
        (pack.Policy.Trigger, pack.Policy.TriggerLabel, pack.Policy.Untrusted).ShouldBe((TriggerRule.Label, "please-look", UntrustedRule.Diagnose));
    }

    [Theory]
    [InlineData("trigger: everyone", "anyone, label, triage")]
    [InlineData("untrusted: repair", "diagnose, ignore")]
    [InlineData("triger: label", "trigger")]
    public void Load_PolicyOnTriggersThatIsNone_NamesTheChoices(string line, string said)
    {
        var result = PackText.Load(PackText.Small + $"\npolicy: {{ {line} }}\n");

        result.Pack.ShouldBeNull();
        result.Problems.ShouldHaveSingleItem().ToString().ShouldContain(said);
    }

    [Fact]
    public void Load_MissingPath_SaysSo()
    {
        var result = new PackLoader(TestKinds.Catalog).Load("/nowhere/pack.yaml", new Dictionary<string, string>());

        result.Pack.ShouldBeNull();
        result.Problems.ShouldHaveSingleItem().Code.ShouldBe(PackCodes.FileNotFound);
    }

    [Fact]
    public void Load_VariableWithStructure_StaysText()
    {
        var result = PackText.Load("title: ${T}\n" + PackText.Small, ("T", "x\nproblems: {}"));

        result.Pack.ShouldNotBeNull().Title.ShouldBe("x\nproblems: {}");
    }
}
