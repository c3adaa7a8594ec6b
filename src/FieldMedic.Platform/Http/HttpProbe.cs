using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using FieldMedic.Incidents;
using FieldMedic.Packs;
using FieldMedic.Platform.Ssh;
using FieldMedic.Systems;

namespace FieldMedic.Platform.Http;

/// <summary>
/// Asks the way a user's device does. No answer within its limit is an answer: <c>ok = no</c>, status 0. A new connection each time, so
/// that nothing of an earlier state is reused. When the system is at the other end of ssh, "localhost" is that host; then only an answer is
/// an answer, because a port that is shut and a way that is shut look the same from here.
/// </summary>
internal sealed class HttpProbe(ProbeSpec spec, Pack pack, SshLink? ssh, TimeProvider time) : IProbe
{
    private const int BodyCap = 256 * 1024;
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(300);
    private readonly SshLink? _way = SshLink.IsLocalUrl(((HttpProbeSettings)spec.Settings).Url) ? ssh : null;
    private readonly HttpProbeSettings _settings = (HttpProbeSettings)spec.Settings;

    public string Name => spec.Name;

    public TimeSpan Timeout => spec.Timeout;

    public bool Required => spec.Required;

    public async Task<IReadOnlyList<Observation>> MeasureAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var limit = spec.Timeout > 2 * Margin ? spec.Timeout - Margin : spec.Timeout;
        using var own = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(own.Token, cancellationToken);
        var (status, body, evidence) = await AskAsync(limit, own.Token, both.Token, cancellationToken).ConfigureAwait(false);
        var ok = status == _settings.ExpectStatus && (_settings.ExpectText is null || body.Contains(_settings.ExpectText, StringComparison.Ordinal));
        var now = time.GetUtcNow();
        List<Observation> observations =
        [
            new($"{spec.Name}.ok", ObservedValue.Of(ok), now, evidence),
            new($"{spec.Name}.status", ObservedValue.Of(status), now, evidence),
            new($"{spec.Name}.ms", ObservedValue.Of(Math.Round(time.GetElapsedTime(started).TotalMilliseconds)), now, evidence),
        ];
        observations.AddRange(Fields(body).Select(f => new Observation($"{spec.Name}.{f.Name}", f.Value, now, evidence, spec.StaleAfter)));
        return observations;
    }

    private async Task<(int Status, string Body, string Evidence)> AskAsync(TimeSpan limit, CancellationToken own, CancellationToken both, CancellationToken caller)
    {
        try
        {
            using var client = new HttpMessageInvoker(Handler());
            using var request = new HttpRequestMessage(HttpMethod.Get, _settings.Url);
            request.Headers.UserAgent.ParseAdd("FieldMedic-probe");
            using var response = await client.SendAsync(request, both).ConfigureAwait(false);
            var body = await ReadAsync(response, both).ConfigureAwait(false);
            return ((int)response.StatusCode, body, $"HTTP {(int)response.StatusCode}");
        }
        catch (Exception e) when (_way is not null && e is (HttpRequestException or IOException))
        {
            throw new IOException("over ssh: no answer came from there", e);
        }
        catch (OperationCanceledException) when (_way is null && own.IsCancellationRequested && !caller.IsCancellationRequested)
        {
            return (0, "", $"no answer within {limit.TotalSeconds:0.#} s");
        }
        catch (HttpRequestException e)
        {
            return (0, "", $"{e.HttpRequestError}: {(e.InnerException ?? e).Message}");
        }
        catch (IOException e)
        {
            return (0, "", e.Message);
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[BodyCap];
        var length = 0;
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        int read;
        while (length < buffer.Length && (read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false)) > 0)
        {
            length += read;
        }

        return Encoding.UTF8.GetString(buffer, 0, length);
    }

    private IEnumerable<(string Name, ObservedValue Value)> Fields(string body)
    {
        JsonElement root = default;
        if (_settings.Json.Count > 0 && body.Length > 0)
        {
            try
            {
                using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 16 });
                root = document.RootElement.Clone();
            }
            catch (JsonException)
            {
                // Not JSON: every field is unknown.
            }
        }

        foreach (var name in _settings.Json)
        {
            yield return (name, root.ValueKind == JsonValueKind.Object && root.TryGetProperty(name, out var value) ? Value(value) : ObservedValue.Unknown("not in the answer"));
        }
    }

    private static ObservedValue Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => ObservedValue.Of(value.GetDouble()),
        JsonValueKind.True or JsonValueKind.False => ObservedValue.Of(value.GetBoolean()),
        JsonValueKind.String => ObservedValue.Of(value.GetString()!),
        _ => ObservedValue.Unknown("empty"),
    };

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false };
        if (_way is not null)
        {
            handler.ConnectCallback = async (context, cancellationToken) =>
            {
                var line = await _way.ReachAsync(cancellationToken).ConfigureAwait(false);
                return await line.DialAsync(SshLink.Local(context.DnsEndPoint.Port), cancellationToken).ConfigureAwait(false);
            };
        }

        if (!_settings.VerifyTls)
        {
#pragma warning disable CA5359 // The pack says so (verify_tls: false), and nothing secret is sent: a probe only asks.
            handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (_settings.CaFile is { Length: > 0 } file && Path.Combine(pack.Folder, file) is var path && File.Exists(path))
        {
            var authority = X509CertificateLoader.LoadCertificateFromFile(path);
            handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { authority } };
        }

        return handler;
    }
}
