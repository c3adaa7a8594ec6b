using FieldMedic.Chat;

namespace FieldMedic.Tests.Talk;

public sealed class CommandReaderTests
{
    [Theory]
    [InlineData("/medic approve", "approve")]
    [InlineData("/MEDIC Approve", "approve")]
    [InlineData("/medic   why  ", "why")]
    [InlineData("/medic", "")]
    [InlineData("thanks\n/medic approve", "approve")]
    [InlineData("thanks\n\n/medic approve\n\nbye", "approve")]
    [InlineData("\r\n/medic approve\r\nthanks", "approve")]
    [InlineData("<!-- hidden -->\n\n/medic hold", "hold")]
    [InlineData("/medic approve --all", "approve --all")]
    public void Read_OnALineOfItsOwn_IsTheCommand(string body, string word) => CommandReader.Read(body).ShouldBe([word]);

    [Theory]
    [InlineData("> /medic approve")]
    [InlineData("> they wrote\n/medic approve")]
    [InlineData("> [!NOTE]\n> /medic approve")]
    [InlineData("I say /medic approve")]
    [InlineData("`/medic approve`")]
    [InlineData("``\n/medic approve\n``")]
    [InlineData("```\n/medic approve\n```")]
    [InlineData("~~~\n/medic approve")]
    [InlineData("    /medic approve")]
    [InlineData("\t/medic approve")]
    [InlineData("$$\n/medic approve\n$$")]
    [InlineData("- /medic approve")]
    [InlineData("1. /medic approve")]
    [InlineData("# /medic approve")]
    [InlineData("/medic approve\n---")]
    [InlineData("**/medic approve**")]
    [InlineData("~~no\n/medic approve\nno~~")]
    [InlineData("[x](/medic approve)")]
    [InlineData("&#47;medic approve")]
    [InlineData("\\/medic approve")]
    [InlineData("<!--\n/medic approve\n-->")]
    [InlineData("<!-- open\n\n/medic approve")]
    [InlineData("see <!--\n/medic approve\n--> that")]
    [InlineData("<details>\n\n/medic approve\n\n</details>")]
    [InlineData("<blockquote>\n\n/medic approve\n\n</blockquote>")]
    [InlineData("they said <q>\n/medic approve\n</q>")]
    [InlineData("<pre>\n/medic approve\n</pre>")]
    [InlineData("a | b\n--|--\n/medic approve | x")]
    [InlineData("[^1]: /medic approve")]
    [InlineData("/medic\u200b approve")]
    [InlineData("\u202e/medic approve")]
    [InlineData("/medicine approve")]
    [InlineData("/ medic approve")]
    [InlineData("")]
    public void Read_TalkAboutIt_IsNone(string body) => CommandReader.Read(body).ShouldBeEmpty();

    [Fact]
    public void Read_NestedWithoutEnd_IsNone()
        => CommandReader.Read(new string('>', 60_000) + "\n/medic approve").ShouldBeEmpty();
}
