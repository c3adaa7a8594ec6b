using System.CommandLine;
using FieldMedic.Packs.Yaml.Reading;

namespace FieldMedic.Cli;

/// <summary>What is wrong with the arguments, with the nearest verb when one was mistyped.</summary>
internal static class UsageMistake
{
    private const string NoCommand = "Required command was not provided.";

    public static string Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var messages = parsed.Errors.Select(e => e.Message).Distinct(StringComparer.Ordinal).ToList();
        if (messages.Count > 1)
        {
            // It only says that the mistyped word was not one.
            messages.Remove(NoCommand);
        }

        var path = command is RootCommand ? "fieldmedic" : $"fieldmedic {command.Name}";
        return $"{string.Join(' ', messages).TrimEnd('.')}{Nearest(parsed, command)} Run '{path} --help' for what is possible.";
    }

    private static string Nearest(ParseResult parsed, Command command)
    {
        if (parsed.UnmatchedTokens is not [var word, ..])
        {
            return ".";
        }

        var near = Suggestion.For(word, word.StartsWith('-') ? command.Options.Select(o => o.Name) : command.Subcommands.Select(c => c.Name));
        return near.Length > 0 ? near : ".";
    }
}
