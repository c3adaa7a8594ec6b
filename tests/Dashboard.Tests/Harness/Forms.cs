using System.Net;
using System.Text.RegularExpressions;

namespace FieldMedic.Dashboard.Tests.Harness;

/// <summary>Sends a form as a browser would.</summary>
internal static partial class Forms
{
    public static async Task<HttpResponseMessage> PressAsync(this HttpClient client, string page, string action, string? system = null)
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
        var token = WebUtility.HtmlDecode(Token().Match(html).Groups[1].Value);
        return await client.PostTokenAsync(action, token, system);
    }

    public static async Task<HttpResponseMessage> PostTokenAsync(this HttpClient client, string action, string token, string? system = null)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["__RequestVerificationToken"] = token, ["system"] = system ?? "" });
        return await client.PostAsync(new Uri(action, UriKind.Relative), form, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
