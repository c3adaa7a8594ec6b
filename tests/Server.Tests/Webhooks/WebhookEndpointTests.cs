using System.Net;
using System.Text;
using FieldMedic.Inbox;
using FieldMedic.Server.Tests.Harness;

namespace FieldMedic.Server.Tests.Webhooks;

public sealed class WebhookEndpointTests
{
    [Fact]
    public async Task Post_SignedIssue_IsStoredBefore202()
    {
        await using var door = await Door.OpenAsync();

        var (status, text) = await door.PostAsync(Door.Issues());

        status.ShouldBe(HttpStatusCode.Accepted, text);
        var delivery = door.Inbox.All.ShouldHaveSingleItem().Delivery;
        delivery.ShouldBe(new Delivery("d1", DeliveryKind.IssueOpened, "acme/maps", 7, null, new Actor(5, "ada", "User"), new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public async Task Post_Answer_HasItsLength()
    {
        await using var door = await Door.OpenAsync();
        using var http = new HttpClient();
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");

        using var answer = await http.PostAsync(door.Url, body, Door.Token);

        answer.Headers.TransferEncodingChunked.ShouldNotBe(true);
        answer.Content.Headers.ContentLength.ShouldBe((await answer.Content.ReadAsByteArrayAsync(Door.Token)).Length);
    }

    [Theory]
    [InlineData("opened", DeliveryKind.IssueOpened)]
    [InlineData("reopened", DeliveryKind.IssueReopened)]
    [InlineData("edited", DeliveryKind.IssueEdited)]
    [InlineData("labeled", DeliveryKind.IssueLabeled)]
    [InlineData("closed", DeliveryKind.IssueClosed)]
    public async Task Post_ActionOfAnIssue_HasItsKind(string action, DeliveryKind kind)
    {
        await using var door = await Door.OpenAsync();
        await door.PostAsync(Door.Issues(action));

        door.Inbox.All.ShouldHaveSingleItem().Delivery.Kind.ShouldBe(kind);
    }

    [Fact]
    public async Task Post_CommentPingInstallation_AreStored()
    {
        await using var door = await Door.OpenAsync();
        await door.PostAsync(Door.Comment(), "issue_comment", "a");
        await door.PostAsync("""{"zen":"Keep it.","hook_id":1}""", "ping", "b");
        await door.PostAsync("""{"action":"created","installation":{"id":1},"sender":{"id":5,"login":"ada","type":"User"}}""", "installation", "c");

        door.Inbox.All.Select(d => (d.Delivery.Kind, d.Delivery.CommentId)).ShouldBe([(DeliveryKind.CommentCreated, 99L), (DeliveryKind.Ping, null), (DeliveryKind.Installation, null)]);
    }

    [Fact]
    public async Task Post_TextsOfPeople_AreNowhereInTheDelivery()
    {
        await using var door = await Door.OpenAsync();
        await door.PostAsync(Door.Issues());
        await door.PostAsync(Door.Comment(), "issue_comment", "d2");

        string.Join('\n', door.Inbox.All.Select(d => d.Delivery.ToString())).ShouldNotContain("reboot");
        string.Join('\n', door.Inbox.All.Select(d => d.Delivery.ToString())).ShouldNotContain("approve");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("sha256=")]
    [InlineData("sha256=zz")]
    [InlineData("sha1=0123456789012345678901234567890123456789")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=000000000000000000000000000000000000000000000000000000000000000g")]
    public async Task Post_UnsignedOrWronglySigned_Is401AndNothingIsStored(string? signature)
    {
        await using var door = await Door.OpenAsync();

        var (status, _) = await door.PostAsync(Door.Issues(), change: r =>
        {
            r.Headers.Remove("X-Hub-Signature-256");
            if (signature is not null)
            {
                r.Headers.TryAddWithoutValidation("X-Hub-Signature-256", signature);
            }
        });

        status.ShouldBe(HttpStatusCode.Unauthorized);
        door.Inbox.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_SignatureOfAnotherBody_Is401()
    {
        await using var door = await Door.OpenAsync();

        var (status, _) = await door.PostAsync(Door.Issues(number: 8), change: r =>
        {
            r.Headers.Remove("X-Hub-Signature-256");
            r.Headers.Add("X-Hub-Signature-256", Door.Sign(Encoding.UTF8.GetBytes(Door.Issues(number: 7))));
        });

        status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_TwoSignatures_Is401()
    {
        await using var door = await Door.OpenAsync();
        var (status, _) = await door.PostAsync(Door.Issues(), change: r => r.Headers.Add("X-Hub-Signature-256", "sha256=00"));

        status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_WhileSecretIsRotated_BothCountThenOnlyTheNew()
    {
        await using var door = await Door.OpenAsync();
        door.Secrets.Insert(0, "new");

        (await door.PostAsync(Door.Issues(number: 1), id: "a", secret: "new")).Status.ShouldBe(HttpStatusCode.Accepted);
        (await door.PostAsync(Door.Issues(number: 2), id: "b")).Status.ShouldBe(HttpStatusCode.Accepted);
        door.Secrets.Remove(Door.Secret);
        (await door.PostAsync(Door.Issues(number: 3), id: "c")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Post_SecretTakenAwayOrBlank_NobodyIsLetIn()
    {
        await using var door = await Door.OpenAsync();
        door.Secrets.Clear();
        (await door.PostAsync(Door.Issues(), secret: "")).Status.ShouldBe(HttpStatusCode.Unauthorized);

        door.Secrets.Add(" ");
        (await door.PostAsync(Door.Issues(), secret: " ")).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("text/plain")]
    [InlineData("application/jsonp")]
    [InlineData("")]
    public async Task Post_NotJson_Is415(string type)
    {
        await using var door = await Door.OpenAsync();
        var (status, text) = await door.PostAsync(Door.Issues(), change: r =>
        {
            r.Content!.Headers.Remove("Content-Type");
            r.Content.Headers.TryAddWithoutValidation("Content-Type", type);
        });

        status.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        text.ShouldContain("application/json");
    }

    [Fact]
    public async Task Post_JsonWithCharset_IsTaken()
    {
        await using var door = await Door.OpenAsync();
        var (status, _) = await door.PostAsync(Door.Issues(), change: r => r.Content!.Headers.ContentType = new("application/json") { CharSet = "utf-8" });

        status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("not json")]
    [InlineData("{\"action\":\"opened\"} trailing")]
    [InlineData("{\"action\":7}")]
    [InlineData("{\"action\":\"opened\",\"issue\":[],\"repository\":{},\"sender\":{}}")]
    [InlineData("{\"action\":\"opened\",\"issue\":{\"number\":\"7\"}}")]
    [InlineData("{\"action\":\"opened\",\"issue\":{\"number\":-7}}")]
    [InlineData("{\"action\":\"opened\",\"issue\":{\"number\":99999999999999999999}}")]
    [InlineData("{\"action\":\"opened\",\"issue\":{\"number\":1.5}}")]
    [InlineData("{\"action\":\"opened\",\"issue\":{\"number\":7,\"updated_at\":\"yesterday\"}}")]
    [InlineData("{\"action\":\"opened\",\"issue\":null,\"repository\":null,\"sender\":null}")]
    [InlineData("{\"action\":\"\\ud800\"}")]
    public async Task Post_Malformed_Is400WithAPlainReason(string body)
    {
        await using var door = await Door.OpenAsync();

        var (status, text) = await door.PostAsync(body);

        status.ShouldBe(HttpStatusCode.BadRequest, text);
        text.ShouldNotBeNullOrWhiteSpace();
        text.ShouldNotContain("   at ");
        text.ShouldNotContain("Exception");
        door.Inbox.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("rm -rf / #")]
    [InlineData("ada\\u0000")]
    [InlineData("")]
    public async Task Post_SenderThatIsNoLogin_Is400(string login)
    {
        await using var door = await Door.OpenAsync();

        (await door.PostAsync(Door.Issues(login: login))).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("X-GitHub-Event", "")]
    [InlineData("X-GitHub-Event", "issues; drop table")]
    [InlineData("X-GitHub-Delivery", "")]
    [InlineData("X-GitHub-Delivery", "../../etc/passwd")]
    public async Task Post_HeaderMalformed_Is400(string header, string value)
    {
        await using var door = await Door.OpenAsync();
        var (status, _) = await door.PostAsync(Door.Issues(), change: r =>
        {
            r.Headers.Remove(header);
            r.Headers.TryAddWithoutValidation(header, value);
        });

        status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_SignedBodyUnderAnotherKind_Is400()
    {
        await using var door = await Door.OpenAsync();

        (await door.PostAsync(Door.Comment(), "issues")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await door.PostAsync(Door.Issues(), "issue_comment")).Status.ShouldBe(HttpStatusCode.BadRequest);
        door.Inbox.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ReplayedUnderFreshIds_IsKnown()
    {
        await using var door = await Door.OpenAsync();
        await door.PostAsync(Door.Issues(), id: "a");
        await door.PostAsync(Door.Comment(), "issue_comment", "b");

        (await door.PostAsync(Door.Issues(), id: "c")).Text.ShouldStartWith("Known already");
        (await door.PostAsync(Door.Comment(), "issue_comment", "d")).Text.ShouldStartWith("Known already");
        door.Inbox.All.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("deleted", "acme/maps", "User", "")]
    [InlineData("unlabeled", "acme/maps", "User", "")]
    [InlineData("opened", "acme/other", "User", "")]
    [InlineData("opened", "acme/maps", "Bot", "")]
    [InlineData("opened", "acme/maps", "User", ",\"pull_request\":{\"url\":\"x\"}")]
    public async Task Post_NoneOfOurBusiness_Is202AndNothingIsStored(string action, string repository, string type, string more)
    {
        await using var door = await Door.OpenAsync();

        var (status, text) = await door.PostAsync(Door.Issues(action, repository: repository, type: type, more: more));

        status.ShouldBe(HttpStatusCode.Accepted);
        text.ShouldStartWith("Ignored");
        door.Inbox.All.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_PersonWithBotInTheName_IsNoBot()
    {
        await using var door = await Door.OpenAsync();
        await door.PostAsync(Door.Issues(login: "helpful[bot]"));

        door.Inbox.All.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Post_StoreBroken_Is503SoThatItCanBeRedelivered()
    {
        await using var door = await Door.OpenAsync();
        door.Inbox.Broken = "disk full";

        (await door.PostAsync(Door.Issues())).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        door.Inbox.Broken = null;
        (await door.PostAsync(Door.Issues())).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Get_IsNotAllowed()
    {
        await using var door = await Door.OpenAsync();
        using var http = new HttpClient();

        (await http.GetAsync(door.Url, Door.Token)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }
}
