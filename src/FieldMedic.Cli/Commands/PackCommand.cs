using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Packs.Yaml;
using FieldMedic.Platform;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic pack validate PATH</c> and <c>pack schema</c>.</summary>
internal static class PackCommand
{
    public static Command Build()
    {
        var command = new Command("pack", "Work on packs.");
        command.Add(Validate());
        command.Add(Schema());
        return command;
    }

    private static Command Validate()
    {
        var path = new Argument<string>("PATH") { Description = "The pack's folder or file." };
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output." };
        var validate = new Command("validate", "Report every mistake in a pack with file:line:column and a code (docs/codes.md).") { path, json };
        validate.SetAction(parsed =>
        {
            var variables = GlobalOptions.Settings(parsed).Variables;
            var loaded = new PackLoader(PlatformKinds.Catalog).Load(parsed.GetValue(path)!, variables);
            if (parsed.GetValue(json))
            {
                JsonOut.Write(new { valid = loaded.IsUsable, problems = loaded.Problems.Select(p => new { code = p.Code, file = p.File, line = p.Line, column = p.Column, severity = Words.Snake(p.Severity), message = p.Message }).ToArray() });
            }
            else
            {
                foreach (var problem in loaded.Problems)
                {
                    Console.Out.WriteLine(Terminal.Plain(problem.ToString()));
                }

                Console.Out.WriteLine(loaded.Pack is { } pack
                    ? $"{pack.System}: valid, {pack.Services.Count} services, {pack.Probes.Count} probes, {pack.Problems.Count} problems, {pack.Remedies.Count} remedies"
                    : $"{loaded.Problems.Count} problem(s) found");
            }

            return loaded.IsUsable ? ExitCodes.Done : ExitCodes.Findings;
        });
        return validate;
    }

    private static Command Schema()
    {
        var schema = new Command("schema", "Print the JSON schema of packs, for editors.");
        schema.SetAction(_ =>
        {
            Console.Out.Write(PackSchema.Generate(PlatformKinds.Catalog));
            return ExitCodes.Done;
        });
        return schema;
    }
}
