using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace FieldMedic.Dashboard.Charts;

/// <summary>A text inside a drawing: in a component the element's name means something else.</summary>
internal static class SvgText
{
    public static MarkupString Of(double x, double y, string anchor, string text)
        => new(string.Create(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" text-anchor=\"{anchor}\">{HtmlEncoder.Default.Encode(text)}</text>"));
}
