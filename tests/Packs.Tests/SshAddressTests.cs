using FieldMedic.Packs.Yaml;

namespace FieldMedic.Packs.Tests;

/// <summary><c>docker: ssh://…</c> is checked when the pack is read; what is wrong is not repeated, because it may hold a password.</summary>
public sealed class SshAddressTests
{
    [Fact]
    public void Load_SshAddressAndLogin_AreKept()
    {
        var pack = PackText.Load($"{PackText.Small}\ndocker: ${{HOST}}\nssh: {{ identity_file: key, known_hosts_file: \"${{KNOWN:-}}\", password_env: MY_WORD }}\n", ("HOST", "ssh://medic@field.example.org:2222")).Pack!;

        pack.Docker.ShouldBe("ssh://medic@field.example.org:2222");
        pack.Ssh.ShouldBe(new SshSpec { IdentityFile = "key", KnownHostsFile = "", PasswordEnv = "MY_WORD" });
    }

    [Theory]
    [InlineData("ssh://-oProxyCommand=x")]
    [InlineData("ssh://medic@-oProxyCommand=x")]
    [InlineData("ssh://medic:hunter2@field.example.org")]
    [InlineData("SSH://medic@field.example.org")]
    [InlineData("ssh://field.example.org:22 -oProxyCommand=x")]
    public void Load_AddressThatIsMoreThanOne_IsRefusedWithoutRepeatingIt(string address)
    {
        var problem = PackText.Load(PackText.Small + "\ndocker: ${HOST}\n", ("HOST", address)).Problems.Single(p => p.Code == PackCodes.BadDockerAddress);

        problem.Message.ShouldNotContain("hunter2");
        problem.Message.ShouldNotContain("ProxyCommand");
    }
}
