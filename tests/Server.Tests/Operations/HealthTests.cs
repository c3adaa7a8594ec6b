using System.Net;
using FieldMedic.Server.Tests.Harness;

namespace FieldMedic.Server.Tests.Operations;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_StoreAnswers_IsLiveAndReady()
    {
        await using var door = await Door.OpenAsync();

        (await door.GetAsync("health/live")).ShouldBe("live\n");
        (await door.GetAsync("health/ready")).ShouldBe("ready\n");
    }

    [Fact]
    public async Task Health_StoreBroken_IsLiveAndNotReady()
    {
        await using var door = await Door.OpenAsync();
        door.Inbox.Broken = "the disk is full at /secret/place";

        var answer = await door.TryGetAsync("health/ready");

        answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Text.ShouldBe("the store does not answer\n");
        (await door.GetAsync("health/live")).ShouldBe("live\n");
    }
}
