namespace FieldMedic.Scenarios.Tests.Harness;

/// <summary>The working copy that the tests were built from.</summary>
internal static class Checkout
{
    public static string Root { get; } = Find();

    public static string Sandbox { get; } = Path.Combine(Root, "sandbox", "qfieldcloud");

    private static string Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "FieldMedic.slnx")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException("The tests run from inside the repository, which was not found.");
    }
}
