using CsCheck;
using FieldMedic.Report;
using FieldMedic.Testing;

namespace FieldMedic.Tests.Invariants;

/// <summary>Invariant 7: public text leaks nothing and stays readable.</summary>
public sealed class RedactorTests
{
    private readonly SmallSystem _system = new(TimeProvider.System);

    // Joined here, so that no scanner takes this file for a leak.
    public static IEnumerable<TheoryDataRow<string, string>> Secrets() =>
    [
        new("remote: " + "ghp" + "_abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijkl"),
        new("github" + "_pat_11ABCDEFG0abcdefghij_klmnopqrstuvwxyz", "klmnopqrst"),
        new("key " + "AKIA" + "ABCDEFGHIJKLMNOP!", "ABCDEFGHIJKLMNOP"),
        new("jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl", "c2lnbmF0"),
        new("-----BEGIN RSA PRIVATE " + "KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----", "MIIE"),
        new("dial postgres://app:hunter2@db:5432/fm failed", "hunter2"),
        new("password=hunter2", "hunter2"),
        new("password=\"two words\" retry", "words"),
        new("{\"db_password\":\"hunter2\",\"running\":1}", "hunter2"),
        new("PGPASSWORD=hunter2,x psql", "hunter2"),
        new("psql --password hunter2", "hunter2"),
        new("Authorization: Basic dXNlcjpodW50ZXIy", "dXNlcjpo"),
        new("authorization: token abcdef", "abcdef"),
        new("sent Bearer abcdefgh12345678", "abcdefgh"),
        new("Cookie: sessionid=abc; csrftoken=def", "def"),
        new("api-key: zzz9", "zzz9"),
        new("no route to db.internal.example.org:5432", "example"),
        new("cannot reach server1.corp", "server1"),
        new("10.1.2.3:5432 refused", "10.1.2"),
        new("[fe80::1%eth0] refused", "fe80"),
        new("connect ::1 failed", "::1"),
        new("2001:db8::8a2e:370:7334 refused", "8a2e"),
        new("mail jane.doe@example.com bounced", "jane"),
        new("ssh: deploy@box refused", "deploy@box"),
        new("open /home/jane/.ssh/id_rsa", "jane"),
        new("read ~/.pgpass", "pgpass"),
        new("in C:\\Users\\jane\\x", "jane"),
        new("at (/var/lib/docker/volumes/x)", "volumes"),
        new("connection to server at \"db-7\", port 5432 failed", "db-7"),
        new("FATAL: role \"qf_app\" does not exist", "qf_app"),
        new("pass\u200bword=hun\u202eter2", "ter2"),
        new("\u001b[31mpass\u001b[0mword=hunter2", "hunter2"),
    ];

    [Theory]
    [MemberData(nameof(Secrets))]
    public void Clean_SecretOrPrivateForm_IsHidden(string text, string leak)
    {
        var cleaned = Redactor().Clean(text);

        cleaned.ShouldNotContain(leak);
        cleaned.ShouldContain("[redacted]");
    }

    [Theory]
    [InlineData("db.write_ok = no")]
    [InlineData("worker_wrapper.running = 0 (!= 2)")]
    [InlineData("qfieldcloud-worker_wrapper-1")]
    [InlineData("INC-20261123-120000-7f3a9c")]
    [InlineData("disk 91.5% full at 12:30:05, 3/4 done")]
    [InlineData("password authentication failed")]
    [InlineData("the token expired and the secret is gone")]
    [InlineData("tokens_valid = no")]
    [InlineData("exit code 137, out of memory")]
    [InlineData("System.IO.IOException: broken pipe")]
    [InlineData("std::bad_alloc in Foo::Bar")]
    [InlineData("no answer within 5 s")]
    [InlineData("user path answered 200")]
    [InlineData("not measurable: worker_down/worker")]
    [InlineData("basic authentication failed")]
    public void Clean_OrdinaryWords_StayReadable(string text) => Redactor().Clean(text).ShouldBe(text);

    [Theory]
    [InlineData("hi @everyone", "@e")]
    [InlineData("see #12", "#1")]
    [InlineData("<img src=x onerror=1>", "<img")]
    [InlineData("<!-- fieldmedic incident=INC-1 -->", "<!--")]
    [InlineData("a | b", " | ")]
    [InlineData("a \\| b", "\\\\|")]
    [InlineData("[click](javascript:x)", "](")]
    [InlineData("![x](y)", "![")]
    [InlineData("one\n\n# two", "\n")]
    [InlineData("`code`", "`")]
    [InlineData("a\u202eb\u200bc\ufeff", "\u202e")]
    [InlineData("\u001b[2Jx\u001b]0;owned\u0007", "\u001b")]
    public void Clean_MarkdownOrTerminalSyntax_IsDisarmed(string text, string active) => Redactor().Clean(text).ShouldNotContain(active);

    [Fact]
    public void Clean_ObservationThatLooksLikeAHost_IsKept()
    {
        _system.Adjust = pack => pack with { Status = ["disk.io"] };

        Redactor().Clean("disk.io = 5").ShouldBe("disk.io = 5");
    }

    [Fact]
    public void Clean_PublicHost_IsKept()
    {
        _system.Adjust = pack => pack with { Public = ["field.example.org"] };

        Redactor().Clean("field.example.org but not x.example.org").ShouldBe("field.example.org but not [redacted]");
    }

    [Fact]
    public void Clean_KnownSecretAnywhere_NeverSurvives()
        => Gen.Select(Gen.String[Gen.Char.AlphaNumeric, 6, 40], Gen.String[0, 2000], Gen.String[0, 2000]).Sample((secret, before, after) =>
        {
            var cleaned = Redactor(secret).Clean($"{before} {secret}{after} {secret.ToUpperInvariant()}");
            return !cleaned.Contains(secret, StringComparison.OrdinalIgnoreCase) || "[redacted]".Contains(secret, StringComparison.OrdinalIgnoreCase);
        });

    [Fact]
    public void Clean_AnyText_IsOneShortLineWithoutActiveCharacters()
        => Gen.String.Sample(text =>
        {
            var cleaned = Redactor().Clean(text);
            return cleaned.Length <= 301 * 6 && !cleaned.Any(c => char.IsControl(c) || c is '<' or '>' or '`');
        });

    [Fact]
    public void Clean_SecretAtTheCut_DoesNotSurviveInHalves()
    {
        const string secret = "correct-horse-battery";
        foreach (var length in Enumerable.Range(270, 40).Concat(Enumerable.Range((64 * 1024) - 30, 40)))
        {
            Redactor(secret).Clean(new string('-', 200) + string.Concat(Enumerable.Repeat(' ', length - 200)) + secret).ShouldNotContain("correct");
        }
    }

    [Fact]
    public void Clean_MegabytesOfTraps_TakesLinearTime()
    {
        var started = TimeProvider.System.GetTimestamp();
        foreach (var trap in new[] { "a.", "aaaa", "password", "://", "a@", "::", "eyJ", "/var", "\u001b[", "\u001b]", "-----BEGIN ", "a:a:", "\"" })
        {
            Redactor("secret-value").Clean(string.Concat(Enumerable.Repeat(trap, 1_000_000 / trap.Length)));
        }

        TimeProvider.System.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(20));
    }

    private Redactor Redactor(params string[] secrets) => new(_system.Pack(), new NoSecrets(secrets));
}
