using System.Text;
using FieldMedic.Journal;
using FieldMedic.Storage;
using FieldMedic.Storage.Transfer;

namespace FieldMedic.Fuzz.Tests;

public sealed class JournalImportFuzzTests
{
    [Fact]
    public async Task Import_AnyFile_IsTakenWholeOrRefusedWithItsLine()
    {
        var folder = Directory.CreateTempSubdirectory("fieldmedic-fuzz-import-").FullName;
        await using (var store = await StoreAddress.OfFile(Path.Combine(folder, "journal.db")).OpenAsync(TimeProvider.System, TestContext.Current.CancellationToken))
        {
            await Fuzzer.RunAsync("import", Fuzzer.Files("journals", "*.jsonl"), bytes => ImportAsync(store, bytes), e => e is ImportRefusedException or JournalException);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task ImportAsync(IStore store, byte[] bytes)
    {
        using var text = new StreamReader(new MemoryStream(bytes), Encoding.UTF8);
        await new JournalImport(text).AddToAsync(store.Upkeep, CancellationToken.None);
    }
}
