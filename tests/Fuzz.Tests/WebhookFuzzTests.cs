using System.Text;
using FieldMedic.Server.Webhooks;

namespace FieldMedic.Fuzz.Tests;

public sealed class WebhookFuzzTests
{
    private static readonly string[] Kinds = ["issues", "issue_comment", "ping", "installation", "push"];

    private static readonly string[] Seeds =
    [
        """{"action":"opened","issue":{"number":7,"title":"Sync stuck","body":"…","user":{"login":"ada"},"labels":[{"name":"bug"}],"updated_at":"2026-01-15T12:00:00Z"},"repository":{"full_name":"acme/maps"},"sender":{"id":5,"login":"ada","type":"User"}}""",
        """{"action":"created","issue":{"number":7},"comment":{"id":99,"body":"/medic approve"},"repository":{"full_name":"acme/maps"},"sender":{"id":5,"login":"ada","type":"Bot"}}""",
        """{"zen":"Keep it simple.","hook_id":1,"hook":{"events":["issues"]},"sender":{"id":5,"login":"ada","type":"User"}}""",
        """{"action":"created","installation":{"id":3,"account":{"login":"acme"}},"repositories":[{"full_name":"acme/maps"}],"sender":{"id":5,"login":"ada","type":"User"}}""",
    ];

    [Fact]
    public Task Webhook_AnyBody_IsReadOrRefused()
    {
        var intake = new WebhookIntake(["acme/maps"], TimeProvider.System);
        var turn = 0;
        return Fuzzer.RunAsync("webhook", [.. Seeds.Select(Encoding.UTF8.GetBytes)], body => Task.FromResult(intake.Judge("d1", Kinds[turn++ % Kinds.Length], body)), e => e is FormatException);
    }
}
