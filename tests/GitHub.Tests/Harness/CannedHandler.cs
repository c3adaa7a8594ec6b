using System.Text;

namespace FieldMedic.GitHub.Tests.Harness;

/// <summary>Answers what the stand-in never would. A null answer means none comes until the caller gives up.</summary>
internal sealed class CannedHandler(Func<HttpRequestMessage, (int Status, string Body)?> answer) : HttpMessageHandler
{
    public List<string> Sent { get; } = [];

    /// <summary>Go with every answer.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Sent)
        {
            Sent.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
        }

        if (answer(request) is not { } known)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            throw new InvalidOperationException("Nobody waits that long.");
        }

        var response = new HttpResponseMessage((System.Net.HttpStatusCode)known.Status) { Content = new StringContent(known.Body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in Headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }
}
