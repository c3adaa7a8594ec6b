using System.Globalization;
using System.Text.Json;
using FieldMedic.Inbox;

namespace FieldMedic.Server.Webhooks;

/// <summary>
/// Reads the notice out of a body in one pass, without building anything of the rest: titles and texts are skipped as bytes. What is
/// not JSON, or not of the expected types, is a <see cref="FormatException"/> with a reason that quotes nothing.
/// </summary>
internal static class WebhookReader
{
    /// <summary>Real deliveries stay below ten.</summary>
    private const int Deepest = 64;
    private const int LongestName = 200;

    public static WebhookNotice Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Deepest });
            reader.Read();
            var notice = ReadRoot(ref reader);
            reader.Read();
            return notice;
        }
        catch (JsonException e)
        {
            throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"The body is not JSON that GitHub would send (line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}, at most {Deepest} levels deep)."), e);
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException("The body holds a name that is not valid UTF-8.", e);
        }
    }

    private static WebhookNotice ReadRoot(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartObject, "the body");
        var notice = new WebhookNotice();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("action"u8))
            {
                notice.Action = Text(ref reader, "action");
            }
            else if (reader.ValueTextEquals("issue"u8))
            {
                ReadIssue(ref reader, notice);
            }
            else if (reader.ValueTextEquals("comment"u8))
            {
                ReadComment(ref reader, notice);
            }
            else if (reader.ValueTextEquals("repository"u8))
            {
                ReadRepository(ref reader, notice);
            }
            else if (reader.ValueTextEquals("sender"u8))
            {
                ReadSender(ref reader, notice);
            }
            else
            {
                reader.Skip();
            }
        }

        return notice;
    }

    private static void ReadIssue(ref Utf8JsonReader reader, WebhookNotice notice)
    {
        while (NextOf(ref reader, "issue"))
        {
            if (reader.ValueTextEquals("number"u8))
            {
                notice.Issue = Number(ref reader, "issue.number") is > 0 and <= int.MaxValue and var number ? (int)number : throw new FormatException("issue.number is out of range.");
            }
            else if (reader.ValueTextEquals("pull_request"u8))
            {
                reader.Read();
                notice.IsPullRequest = reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("updated_at"u8))
            {
                notice.UpdatedAt = DateTimeOffset.TryParse(Text(ref reader, "issue.updated_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)
                    ? at
                    : throw new FormatException("issue.updated_at is no time.");
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadComment(ref Utf8JsonReader reader, WebhookNotice notice)
    {
        while (NextOf(ref reader, "comment"))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                notice.CommentId = Number(ref reader, "comment.id");
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadRepository(ref Utf8JsonReader reader, WebhookNotice notice)
    {
        while (NextOf(ref reader, "repository"))
        {
            if (reader.ValueTextEquals("full_name"u8))
            {
                notice.Repository = Text(ref reader, "repository.full_name");
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadSender(ref Utf8JsonReader reader, WebhookNotice notice)
    {
        long? id = null;
        string? login = null;
        string? type = null;
        while (NextOf(ref reader, "sender"))
        {
            if (reader.ValueTextEquals("id"u8))
            {
                id = Number(ref reader, "sender.id");
            }
            else if (reader.ValueTextEquals("login"u8))
            {
                login = Text(ref reader, "sender.login");
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                type = Text(ref reader, "sender.type");
            }
            else
            {
                reader.Skip();
            }
        }

        notice.Sender = id is { } known && login is not null && type is not null ? new Actor(known, login, type) : null;
    }

    /// <summary>Steps into an object at the first call, then to its next property; false behind the last, or for null.</summary>
    private static bool NextOf(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.StartObject)
        {
            reader.Read();
        }
        else if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject))
        {
            throw new FormatException($"{what} is no object.");
        }

        return reader.TokenType == JsonTokenType.PropertyName;
    }

    private static string Text(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        Expect(ref reader, JsonTokenType.String, what);
        return reader.ValueSpan.Length <= LongestName ? reader.GetString()! : throw new FormatException($"{what} is too long.");
    }

    private static long Number(ref Utf8JsonReader reader, string what)
    {
        reader.Read();
        Expect(ref reader, JsonTokenType.Number, what);
        return reader.TryGetInt64(out var number) ? number : throw new FormatException($"{what} is no whole number.");
    }

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType wanted, string what)
    {
        if (reader.TokenType != wanted)
        {
            throw new FormatException($"{what} is not of the type that GitHub sends ({wanted}).");
        }
    }
}
