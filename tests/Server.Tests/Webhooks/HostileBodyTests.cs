using System.Net;
using System.Net.Sockets;
using System.Text;
using FieldMedic.Server.Tests.Harness;

namespace FieldMedic.Server.Tests.Webhooks;

/// <summary>Bodies meant to crash or stall; after each the door still opens for the next one.</summary>
public sealed class HostileBodyTests
{
    private const int Limit = 25 * 1024 * 1024;

    [Fact]
    public async Task Post_NestedArraysOf25MiB_Is400AndTheNextIsTaken()
    {
        await using var door = await Door.OpenAsync();
        var body = new byte[Limit];
        body.AsSpan().Fill((byte)'[');

        (await door.PostAsync(body)).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await door.PostAsync(Door.Issues())).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_ClosedNestingInAField_Is400()
    {
        await using var door = await Door.OpenAsync();
        var deep = new string('[', 100_000) + new string(']', 100_000);

        (await door.PostAsync($$"""{"action":"opened","extra":{{deep}}}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Post_LongTextOfAlmost25MiB_IsTaken()
    {
        await using var door = await Door.OpenAsync();
        var body = Door.Issues(more: $",\"extra\":\"{new string('x', Limit - 1000)}\"");

        (await door.PostAsync(body)).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_ByteMoreThan25MiB_Is413()
    {
        await using var door = await Door.OpenAsync();

        var status = await SendRawAsync(door, $"Content-Length: {Limit + 1}\r\n", []);

        status.ShouldStartWith("HTTP/1.1 413");
    }

    [Fact]
    public async Task Post_ChunksWithoutEnd_Is413AtTheLimit()
    {
        await using var door = await Door.OpenAsync();
        var chunk = Encoding.ASCII.GetBytes("10000\r\n" + new string('[', 0x10000) + "\r\n");

        var status = await SendRawAsync(door, "Transfer-Encoding: chunked\r\n", [.. Enumerable.Repeat(chunk, 420)]);

        status.ShouldStartWith("HTTP/1.1 413");
        (await door.PostAsync(Door.Issues())).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_UnsignedWithAPromisedBody_IsRefusedWithoutReadingIt()
    {
        await using var door = await Door.OpenAsync();

        var status = await SendRawAsync(door, "Content-Length: 26000000\r\n", [], signature: "none");

        status.ShouldStartWith("HTTP/1.1 401");
    }

    [Fact]
    public async Task Post_SenderHangsUpMidway_TheNextIsTaken()
    {
        await using var door = await Door.OpenAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(door.Url.Host, door.Url.Port, Door.Token);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head(door, "Content-Length: 1000\r\n", new string('0', 64)) + "{\"acti"), Door.Token);
        }

        (await door.PostAsync(Door.Issues())).Status.ShouldBe(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Post_KeyRepeatedAndHugeNames_DoNoHarm()
    {
        await using var door = await Door.OpenAsync();
        var keys = string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":{{}}"));

        (await door.PostAsync($$"""{{{keys}},"action":"{{new string('a', 5000)}}"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task<string> SendRawAsync(Door door, string header, IReadOnlyList<byte[]> parts, string? signature = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(door.Url.Host, door.Url.Port, Door.Token);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(Head(door, header, signature ?? new string('0', 64))), Door.Token);
        try
        {
            foreach (var part in parts)
            {
                await stream.WriteAsync(part, Door.Token);
            }
        }
        catch (IOException)
        {
            // Refused before everything was sent, as it should be.
        }

        using var reader = new StreamReader(stream, Encoding.ASCII);
        return await reader.ReadLineAsync(Door.Token) ?? "";
    }

    private static string Head(Door door, string header, string signature)
        => $"POST /webhooks/github HTTP/1.1\r\nHost: {door.Url.Authority}\r\nContent-Type: application/json\r\nX-GitHub-Event: issues\r\nX-GitHub-Delivery: d1\r\nX-Hub-Signature-256: sha256={signature}\r\n{header}\r\n";
}
