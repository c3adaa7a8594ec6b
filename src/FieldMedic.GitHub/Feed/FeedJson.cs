using System.Text.Json.Serialization;

namespace FieldMedic.GitHub.Feed;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<FeedItem>))]
internal sealed partial class FeedJson : JsonSerializerContext;
