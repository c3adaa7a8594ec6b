using FieldMedic.Platform.Host;

namespace FieldMedic.Platform.Tests.Ssh;

/// <summary>What the other host says of itself, and the only command it is asked with.</summary>
public sealed class RemoteHostTests
{
    private const string Memory = "MemTotal:       24684096 kB\nMemFree:  1 kB\nMemAvailable:   12342048 kB\n";

    [Theory]
    [InlineData("Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 1000 600 300 67% /\n", "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 200 20 180 10% /\n", 66.7, 10)]
    [InlineData("Filesystem 1024-blocks Used Available Capacity Mounted on\n//srv/my share 50% 1000 600 400 60% /mnt/x\n", "Filesystem Inodes IUsed IFree IUse% Mounted on\n/dev/sda1 0 0 0 - /\n", 60, 0)]
    [InlineData("Filesystem 1024-blocks Used Available Capacity Mounted on\noverlay 10 0 10 0% /\n", "Filesystem Inodes Used Available Capacity Mounted on\nbtrfs - - - - /\n", 0, 0)]
    public void Read_Figures_AreTaken(string blocks, string inodes, double used, double usedInodes)
    {
        var seen = RemoteHost.Read($"{Memory}0.50 0.40 0.30 1/200 999\n4\n{blocks}{inodes}");

        (seen.Disk.UsedPercent, seen.Disk.InodesUsedPercent, seen.Load, seen.Processors).ShouldBe((used, usedInodes, 0.5, 4));
        seen.MemoryTotal.ShouldBe(2 * seen.MemoryAvailable);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MemTotal: 1 kB\n")]
    [InlineData(Memory + "0.50 0.40 0.30 1/200 999\nmany\n")]
    [InlineData(Memory + "0.50 0.40 0.30 1/200 999\n4\nFilesystem\n")]
    [InlineData("Welcome!\n" + Memory)]
    public void Read_AnythingElse_IsUnknown(string output) => Should.Throw<IOException>(() => RemoteHost.Read(output));

    [Theory]
    [InlineData("/ ; id")]
    [InlineData("/$(id)")]
    [InlineData("/`id`")]
    [InlineData("/a\nb")]
    [InlineData("/a b")]
    [InlineData("/a'b")]
    [InlineData("/a\"b")]
    [InlineData("/*")]
    [InlineData("/~x")]
    [InlineData("/a/../b")]
    [InlineData("-rf")]
    [InlineData("relative")]
    [InlineData("")]
    public void Command_PathThatAShellWouldRead_IsNotAsked(string path) => Should.Throw<IOException>(() => RemoteHost.Command(path));
}
