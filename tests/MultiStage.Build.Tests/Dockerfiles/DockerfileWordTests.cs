using MultiStage.Build.Dockerfiles.Writing;

namespace MultiStage.Build.Tests.Dockerfiles;

// What BuildKit makes of each was seen: the file it names was found.
[TestClass]
public sealed class DockerfileWordTests
{
    [TestMethod]
    [DataRow("src/App", "src/App")]
    [DataRow("src/Lib*/x[1]?.csproj", @"src/Lib[\\*]/x[[]1][\\?].csproj")]
    [DataRow("C++ (x86)/App.csproj", "C++ (x86)/App.csproj")]
    [DataRow("C++ (x86)/[App].csproj", "C[+][+] [(]x86[)]/[[]App].csproj")]
    [DataRow("a^b|c.props", @"a[\\^]b[|]c.props")]
    [DataRow("src/$App/it's.csproj", @"src/\$App/it\'s.csproj")]
    [DataRow("!a!.props", "[!]a!.props")]
    [DataRow("<<EOF.props", "./<<EOF.props")]
    [DataRow("2<<EOF/a.props", "./2<<EOF/a.props")]
    [DataRow("--link", "./--link")]
    [DataRow("[].props", "./[[]].props")]
    public void A_source_names_one_path_and_is_no_pattern(string path, string word) => Assert.AreEqual(word, DockerfileWord.Source(path));

    [TestMethod]
    [DataRow("src/[1]/", "src/[1]/")]
    [DataRow("<<EOF/", "./<<EOF/")]
    [DataRow("/src/<<EOF/", "/src/<<EOF/")]
    public void A_destination_is_no_pattern_and_no_text(string path, string word) =>
        Assert.AreEqual(word, DockerfileWord.Destination(path));

    [TestMethod]
    [DataRow("/srv/my app", "/srv/my app")]
    [DataRow("/srv/$x ", "\"/srv/\\$x \"")]
    public void A_folder_keeps_the_blank_at_its_end(string path, string line) => Assert.AreEqual(line, DockerfileWord.WholeLine(path));

    [TestMethod]
    [DataRow("", "\"\"")]
    [DataRow("it's $HOME", "\"it's \\$HOME\"")]
    [DataRow("say \"hi\" \\", "\"say \\\"hi\\\" \\\\\"")]
    public void A_value_is_taken_literally(string value, string quoted) => Assert.AreEqual(quoted, DockerfileWord.Quoted(value));
}
