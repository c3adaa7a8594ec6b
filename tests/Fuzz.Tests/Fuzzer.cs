using System.Globalization;

namespace FieldMedic.Fuzz.Tests;

/// <summary>
/// Gives damaged inputs to a parser for as long as FIELDMEDIC_FUZZ_SECONDS says (2 s otherwise). It may refuse in its own words; any other
/// exception, and one that takes longer than ten seconds, fails the test with the input kept in a file.
/// </summary>
internal static class Fuzzer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="isRefusal">The parser's own way of saying no.</param>
    public static async Task RunAsync(string name, IReadOnlyList<byte[]> seeds, Func<byte[], Task> parse, Func<Exception, bool> isRefusal)
    {
        seeds.ShouldNotBeEmpty();
        var seed = int.Parse(Environment.GetEnvironmentVariable("FIELDMEDIC_FUZZ_SEED") ?? "20261129", CultureInfo.InvariantCulture);
        var time = TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("FIELDMEDIC_FUZZ_SECONDS") ?? "2", CultureInfo.InvariantCulture));
        var mutator = new Mutator(new Random(seed), seeds);
        var (tried, refused) = (0, 0);
        for (var from = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(from) < time; tried++)
        {
            var input = mutator.Next();
            try
            {
                await Task.Run(() => parse(input)).WaitAsync(Patience, TimeProvider.System, TestContext.Current.CancellationToken);
            }
            catch (Exception e) when (isRefusal(e))
            {
                refused++;
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                var file = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"fieldmedic-fuzz-{name}-{seed}-{tried}"));
                await File.WriteAllBytesAsync(file, input, CancellationToken.None);
                Assert.Fail($"Input {tried} of {name} (seed {seed}), kept in {file}: {e}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {tried} inputs, {refused} refused");
        refused.ShouldBeInRange(1, tried, "nothing of it was damaged enough, or nothing arrived");
    }

    public static IReadOnlyList<byte[]> Files(string folder, string pattern)
        => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "seeds", folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}
