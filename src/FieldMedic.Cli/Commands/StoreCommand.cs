using System.CommandLine;
using FieldMedic.Cli.Output;
using FieldMedic.Hosting;
using FieldMedic.Storage;
using FieldMedic.Storage.Transfer;

namespace FieldMedic.Cli.Commands;

/// <summary><c>fieldmedic store migrate|check|export|import|backup|prune</c>: what an operator does with the whole store.</summary>
internal static class StoreCommand
{
    public static Command Build()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object on standard output.", Recursive = true };
        var command = new Command("store", "Look after the store: bring it up to date, check it, move it, copy it.") { json };
        command.Add(Migrate(json));
        command.Add(Check(json));
        command.Add(Export(json));
        command.Add(Import(json));
        command.Add(Backup(json));
        command.Add(Prune(json));
        return command;
    }

    private static Command Migrate(Option<bool> json)
    {
        var migrate = new Command("migrate", "Bring the schema up to date, or make the store. With PostgreSQL by the role that owns the schema; FieldMedic itself then runs with less.");
        migrate.SetAction(async (parsed, cancellationToken) =>
        {
            var store = GlobalOptions.Settings(parsed).Store;
            var applied = await store.MigrateAsync(cancellationToken).ConfigureAwait(false);
            Tell(parsed.GetValue(json), new { store = store.ToString(), kind = store.Kind, applied }, [$"{store} ({store.Kind}) is up to date.", .. applied.Select(a => $"  applied {a}")]);
            return ExitCodes.Done;
        });
        return migrate;
    }

    private static Command Check(Option<bool> json)
    {
        var check = new Command("check", "Replay every incident and run the store's own checks. Exit codes: 0 all is well, 1 something is not.");
        check.SetAction(async (parsed, cancellationToken) =>
        {
            var address = GlobalOptions.Settings(parsed).Store;
            await using var store = await OpenExistingAsync(address, cancellationToken).ConfigureAwait(false);
            var found = await Terminal.WhileAsync("Replaying every incident", parsed.GetValue(json), StoreCheck.RunAsync(store, cancellationToken)).ConfigureAwait(false);
            Tell(
                parsed.GetValue(json),
                new { ok = found.Faults.Count == 0, store = address.ToString(), kind = address.Kind, incidents = found.Incidents, events = found.Events, faults = found.Faults },
                [
                    $"{address} ({address.Kind}): {found.Incidents} incident(s), {found.Events} event(s)",
                    .. found.Faults.Select(f => $"  FAULT {f}"),
                    found.Faults.Count == 0 ? "Everything replays." : $"{found.Faults.Count} fault(s). Restore a backup, or export what is well and import it into a new store.",
                ]);
            return found.Faults.Count == 0 ? ExitCodes.Done : ExitCodes.Findings;
        });
        return check;
    }

    private static Command Export(Option<bool> json)
    {
        var file = new Argument<string>("FILE") { Description = "A new file, or - for standard output." };
        var export = new Command("export", "Write the journal and the pauses as lines of JSON, for 'store import' into any kind of store.") { file };
        export.SetAction(async (parsed, cancellationToken) =>
        {
            var (to, isJson) = (parsed.GetValue(file)!, parsed.GetValue(json));
            if (to == "-" && isJson)
            {
                throw new ConfigurationException("Standard output holds the export or the JSON object, not both: name a file.");
            }

            var address = GlobalOptions.Settings(parsed).Store;
            await using var store = await OpenExistingAsync(address, cancellationToken).ConfigureAwait(false);
            if (to == "-")
            {
                await JournalExport.WriteAsync(store.Upkeep, Console.Out, cancellationToken).ConfigureAwait(false);
                return ExitCodes.Done;
            }

            var events = await StoreFiles.WriteNewAsync(to, writer => JournalExport.WriteAsync(store.Upkeep, writer, cancellationToken)).ConfigureAwait(false);
            Tell(isJson, new { store = address.ToString(), kind = address.Kind, file = to, events }, [$"Exported {events} event(s) of {address} ({address.Kind}) to {to}."]);
            return ExitCodes.Done;
        });
        return export;
    }

    private static Command Import(Option<bool> json)
    {
        var file = new Argument<string>("FILE") { Description = "What 'store export' wrote, or - for standard input." };
        var import = new Command("import", "Add what was exported, all of it or nothing. A line that does not replay, and an incident that is there already, are named with the line (exit code 1).") { file };
        import.SetAction(async (parsed, cancellationToken) =>
        {
            var (from, isJson) = (parsed.GetValue(file)!, parsed.GetValue(json));
            var address = GlobalOptions.Settings(parsed).Store;
            using var reader = from == "-" ? Console.In : StoreFiles.Open(from);
            await using var store = await address.OpenAsync(TimeProvider.System, cancellationToken).ConfigureAwait(false);
            var read = new JournalImport(reader);
            try
            {
                await Terminal.WhileAsync("Replaying and storing", isJson, AddAsync(read, store.Upkeep, cancellationToken)).ConfigureAwait(false);
            }
            catch (ImportRefusedException e)
            {
                Tell(isJson, new { imported = false, file = from, line = e.Line, reason = e.Reason }, [$"{from}:{e.Line}: {e.Reason}", "Nothing was imported."]);
                return ExitCodes.Findings;
            }

            Tell(
                isJson,
                new { imported = true, store = address.ToString(), kind = address.Kind, incidents = read.Incidents, events = read.Events, pauses = read.Pauses },
                [$"Imported {read.Incidents} incident(s), {read.Events} event(s) and {read.Pauses} pause(s) into {address} ({address.Kind})."]);
            return ExitCodes.Done;
        });
        return import;
    }

    private static Command Backup(Option<bool> json)
    {
        var file = new Argument<string>("FILE") { Description = "A new file; the inbox is copied beside it." };
        var backup = new Command("backup", "Copy a SQLite store while it is in use. For PostgreSQL there is pg_dump.") { file };
        backup.SetAction(async (parsed, cancellationToken) =>
        {
            var address = GlobalOptions.Settings(parsed).Store;
            await using var store = await OpenExistingAsync(address, cancellationToken).ConfigureAwait(false);
            var copy = store.Upkeep as IFileBackup ?? throw new ConfigurationException($"{address} ({address.Kind}) is copied with pg_dump, or with 'fieldmedic store export'.");
            var files = await copy.BackupAsync(parsed.GetValue(file)!, cancellationToken).ConfigureAwait(false);
            Tell(parsed.GetValue(json), new { store = address.ToString(), kind = address.Kind, files }, files.Select(f => $"Copied to {f}"));
            return ExitCodes.Done;
        });
        return backup;
    }

    private static Command Prune(Option<bool> json)
    {
        var age = new Option<string>("--older-than") { Description = "Age since the last event, e.g. 400d; 60d at the least.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only count." };
        var prune = new Command("prune", "Remove incidents that are over and old, whole, while the store is in use. Figures over that time go with them: export first what you want to keep.") { age, dryRun };
        prune.SetAction(async (parsed, cancellationToken) =>
        {
            var (settings, isJson, isDry) = (GlobalOptions.Settings(parsed), parsed.GetValue(json), parsed.GetValue(dryRun));
            var before = TimeProvider.System.GetUtcNow() - Retention.Parse(Terminal.Plain(parsed.GetValue(age)!), "--older-than");
            var address = settings.Store;
            await using var store = await OpenExistingAsync(address, cancellationToken).ConfigureAwait(false);
            var incidents = isDry
                ? await store.Upkeep.CountOverAsync(before, cancellationToken).ConfigureAwait(false)
                : await Terminal.WhileAsync("Removing old incidents", isJson, store.Upkeep.RemoveOverAsync(before, cancellationToken)).ConfigureAwait(false);
            Tell(
                isJson,
                new { store = address.ToString(), kind = address.Kind, before, incidents, dry_run = isDry },
                [isDry ? $"{incidents} incident(s) of {address} ({address.Kind}) would be removed. Nothing was." : $"Removed {incidents} incident(s) from {address} ({address.Kind})."]);
            return ExitCodes.Done;
        });
        return prune;
    }

    private static async Task<bool> AddAsync(JournalImport read, IStoreUpkeep store, CancellationToken cancellationToken)
    {
        await read.AddToAsync(store, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static async Task<IStore> OpenExistingAsync(StoreAddress address, CancellationToken cancellationToken)
        => await address.ExistsAsync(cancellationToken).ConfigureAwait(false)
            ? await address.OpenAsync(TimeProvider.System, cancellationToken).ConfigureAwait(false)
            : throw new ConfigurationException($"There is no store at {address} yet. 'fieldmedic store migrate' makes one.");

    private static void Tell(bool isJson, object value, IEnumerable<string> lines)
    {
        if (isJson)
        {
            JsonOut.Write(value);
            return;
        }

        foreach (var line in lines)
        {
            Console.Out.WriteLine(Terminal.Plain(line));
        }
    }
}
