using FieldMedic.Packs;

namespace FieldMedic.Platform.Tests.Ssh;

/// <summary>What may stand in <c>docker: ssh://…</c>, and above all what may not.</summary>
public sealed class SshAddressTests
{
    [Theory]
    [InlineData("ssh://field.example.org", null, "field.example.org", null, "/var/run/docker.sock", "field.example.org")]
    [InlineData("ssh://medic@field.example.org", "medic", "field.example.org", null, "/var/run/docker.sock", "field.example.org")]
    [InlineData("ssh://medic@field.example.org:2222/", "medic", "field.example.org", 2222, "/var/run/docker.sock", "[field.example.org]:2222")]
    [InlineData("ssh://medic@alias_1:22/run/fieldmedic/docker.sock", "medic", "alias_1", 22, "/run/fieldmedic/docker.sock", "alias_1")]
    [InlineData("ssh://a.b-c_d@[2001:db8::1]:65535", "a.b-c_d", "2001:db8::1", 65535, "/var/run/docker.sock", "[2001:db8::1]:65535")]
    public void Read_Address_IsTakenApart(string text, string? user, string host, int? port, string socket, string knownAs)
    {
        var address = SshAddress.Read(text).Address;

        address.ShouldBe(new SshAddress(user, host, port, socket));
        address!.KnownAs.ShouldBe(knownAs);
    }

    [Theory]
    [InlineData("ssh://-oProxyCommand=touch${IFS}/tmp/x")]
    [InlineData("ssh://-oProxyCommand=x/")]
    [InlineData("ssh://-l@host")]
    [InlineData("ssh://-oProxyCommand=x@host")]
    [InlineData("ssh://user@-oProxyCommand=x")]
    [InlineData("ssh://user@-p22")]
    [InlineData("ssh://host:-22")]
    [InlineData("ssh://host:22 -oProxyCommand=x")]
    [InlineData("ssh://host -oProxyCommand=x")]
    [InlineData("ssh://host\n-oProxyCommand=x")]
    [InlineData("ssh://host\n")]
    [InlineData("ssh://ho\0st")]
    [InlineData("ssh://%h")]
    [InlineData("ssh://`id`")]
    [InlineData("ssh://$(id)")]
    [InlineData("ssh://a;b")]
    [InlineData("ssh://a|b")]
    [InlineData("ssh://user@@host")]
    [InlineData("ssh://host:0")]
    [InlineData("ssh://host:65536")]
    [InlineData("ssh://host:99999999999")]
    [InlineData("ssh://host/../../etc/x.sock")]
    [InlineData("ssh://host/a:b.sock")]
    [InlineData("ssh://host/a b.sock")]
    [InlineData("ssh://host/%d/x")]
    [InlineData("ssh://host?x=1")]
    [InlineData("ssh://")]
    [InlineData("ssh:host")]
    [InlineData("ssh:///var/run/docker.sock")]
    [InlineData("SSH://host")]
    [InlineData("ssh://[::1")]
    [InlineData("ssh://host\u202e")]
    public void Read_AnythingElse_IsRefused(string text)
    {
        var (address, problem) = SshAddress.Read(text);

        address.ShouldBeNull();
        problem.ShouldNotBeEmpty();
        SshAddress.IsSsh(text).ShouldBeTrue("it must not be taken for another kind of address");
    }

    [Theory]
    [InlineData("ssh://user:hunter2@host")]
    [InlineData("ssh://user:hunter2@host:22/x")]
    [InlineData("ssh://:hunter2@host")]
    public void Read_Password_IsRefusedAndNotRepeated(string text)
    {
        var (address, problem) = SshAddress.Read(text);

        address.ShouldBeNull();
        problem.ShouldContain("password");
        problem.ShouldNotContain("hunter2");
    }
}
