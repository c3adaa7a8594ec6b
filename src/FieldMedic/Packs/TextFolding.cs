using System.Text;

namespace FieldMedic.Packs;

/// <summary>
/// Makes words comparable: lower case, no accents, no invisible characters. Own table, because string normalization does
/// nothing without ICU, and accents are left out in half of all reports anyway.
/// </summary>
internal static class TextFolding
{
    /// <summary>What stands for a question mark among the words: in every language it says that somebody asks.</summary>
    private const string Asks = "?";

    private const int ShortestCollapsed = 4;

    /// <summary>The folded words of a text, in order.</summary>
    public static List<string> Words(ReadOnlySpan<char> text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (IsInvisible(c) || (IsApostrophe(c) && IsEnglishEnding(text[(i + 1)..])))
            {
                continue;
            }

            if (!char.IsLetterOrDigit(c) && c != 'ー')
            {
                Flush();
                if (IsQuestionMark(c))
                {
                    words.Add(Asks);
                }

                continue;
            }

            // A switch of script is a word boundary: "QFieldで同期" holds the word "qfield".
            if (word.Length > 0 && IsUnspaced(c) != IsUnspaced(word[^1]))
            {
                Flush();
            }

            Fold(c, word);
        }

        Flush();
        return words;

        void Flush()
        {
            if (word.Length > 0)
            {
                words.Add(OnceEach(word));
                word.Clear();
            }
        }
    }

    /// <summary>Kana, Han, Hangul, Thai: written without spaces between words.</summary>
    public static bool IsUnspaced(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\u0E00' and <= '\u0E7F');

    public static bool IsQuestionMark(char c) => c is '?' or '？';

    /// <summary>Zero-width and directional characters, combining accents, soft hyphens: they change what is read but not what is meant.</summary>
    public static bool IsInvisible(char c)
        => c is (>= '\u0300' and <= '\u036F') or '\u00AD' or '\u034F' or '\u061C' or (>= '\u200B' and <= '\u200F')
            or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F') or '\uFEFF' or (>= '\uFE00' and <= '\uFE0F');

    /// <summary>A letter written twice counts once ("proccessed", "maping"); short words would become others.</summary>
    private static string OnceEach(StringBuilder word)
    {
        if (word.Length < ShortestCollapsed)
        {
            return word.ToString();
        }

        var once = new StringBuilder(word.Length);
        foreach (var c in word.ToString())
        {
            if (once.Length == 0 || c != once[^1] || !char.IsAsciiLetter(c))
            {
                once.Append(c);
            }
        }

        return once.ToString();
    }

    private static void Fold(char c, StringBuilder word)
    {
        // Full-width forms of ASCII.
        if (c is >= '\uFF01' and <= '\uFF5E')
        {
            c = (char)(c - 0xFEE0);
        }

        switch (c)
        {
            case 'ß' or 'ẞ': word.Append("ss"); break;
            case 'æ' or 'Æ': word.Append("ae"); break;
            case 'œ' or 'Œ': word.Append("oe"); break;
            case 'ø' or 'Ø': word.Append('o'); break;
            default: word.Append(Unaccented(char.ToLowerInvariant(c))); break;
        }
    }

    private static char Unaccented(char c) => c switch
    {
        'à' or 'á' or 'â' or 'ã' or 'ä' or 'å' or 'ā' or 'ă' or 'ą' => 'a',
        'ç' or 'ć' or 'č' => 'c',
        'è' or 'é' or 'ê' or 'ë' or 'ē' or 'ę' or 'ě' => 'e',
        'ì' or 'í' or 'î' or 'ï' or 'ī' or 'ı' => 'i',
        'ñ' or 'ń' or 'ň' => 'n',
        'ò' or 'ó' or 'ô' or 'õ' or 'ö' or 'ō' or 'ő' => 'o',
        'ù' or 'ú' or 'û' or 'ü' or 'ū' or 'ů' or 'ű' => 'u',
        'ý' or 'ÿ' => 'y',
        'ś' or 'š' or 'ş' => 's',
        'ź' or 'ż' or 'ž' => 'z',
        'ł' => 'l',
        'ř' => 'r',
        'ď' => 'd',
        'ť' => 't',
        _ => c,
    };

    private static bool IsApostrophe(char c) => c is '\'' or '’' or '‘' or 'ʼ' or '´' or '`';

    /// <summary>"doesn't" is one word, "l'upload" is two.</summary>
    private static bool IsEnglishEnding(ReadOnlySpan<char> rest)
    {
        foreach (var ending in (ReadOnlySpan<string>)["t", "s", "re", "ve", "ll", "m", "d"])
        {
            if (rest.StartsWith(ending, StringComparison.OrdinalIgnoreCase) && (rest.Length == ending.Length || !char.IsLetterOrDigit(rest[ending.Length])))
            {
                return true;
            }
        }

        return false;
    }
}
