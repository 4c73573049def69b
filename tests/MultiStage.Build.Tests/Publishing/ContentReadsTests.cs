using MultiStage.Build.Publishing;

namespace MultiStage.Build.Tests.Publishing;

[TestClass]
public sealed class ContentReadsTests
{
    [TestMethod]
    [DataRow("version.txt", "version.txt")]
    [DataRow("../eng/version.txt", "version.txt")]
    [DataRow("$(MSBuildThisFileDirectory)version.txt", "version.txt")]
    [DataRow(@"$(MSBuildThisFileDirectory)..\eng\version.txt", "version.txt")]
    [DataRow("$(Prefix).txt", ".txt")]
    [DataRow("$(File)", "version.json")]
    [DataRow("$(Folder)/$(FILE)", "version.json")]
    [DataRow("$(MSBuildThisFileDirectory)$(File)", "version.json")]
    [DataRow("$(Two)", "a.txt b.txt")]
    [DataRow("$([System.IO.Path]::Combine('$(Folder)', 'eng', 'version.txt'))", "version.txt")]
    [DataRow("$([System.IO.Path]::Combine($(Folder), $(File)))", "version.json")]
    [DataRow("$([MSBuild]::NormalizePath('$(Folder)', 'version, old.txt'))", "version, old.txt")]
    [DataRow("$([MSBuild]::GetPathOfFileAbove('version.txt', '$(Folder)/'))", "version.txt")]
    [DataRow("$([System.IO.Path]::GetDirectoryName('$(File)'))/version.txt", "version.txt")]
    public void A_path_ends_as_it_is_written(string path, string ends)
    {
        Assert.AreEqual(ends, Join(Find($"<ReadLinesFromFile File=\"{path}\" />")));
        Assert.AreEqual(ends, Join(Find($"<PropertyGroup><V>$([System.IO.File]::ReadAllText({(path.Contains('[', StringComparison.Ordinal) ? path : $"'{path}'")}))</V></PropertyGroup>")));
    }

    [TestMethod]
    [DataRow("@(Compile)", "A list of items.")]
    [DataRow("%(Compile.FullPath)", "Metadata.")]
    [DataRow("*.txt", "A wildcard.")]
    [DataRow("a.txt;b.txt", "A list.")]
    [DataRow("version%2etxt", "An escaped character.")]
    [DataRow("$(Unknown)", "A property that comes from elsewhere.")]
    [DataRow("$(Given)", "A property that the command line may set.")]
    [DataRow("$(Read)", "A property that comes from a file.")]
    [DataRow("$(Output)", "A property that a task sets.")]
    [DataRow("$(Circle)", "A property that is said by itself.")]
    [DataRow("a.txt$(File)", "A property that may be empty, behind a name.")]
    [DataRow("$(Two)$(File)", "A property that may be empty, behind a name.")]
    [DataRow("$(Folder)", "A folder.")]
    [DataRow("..", "A folder.")]
    [DataRow("$([System.IO.Path]::GetRandomFileName())", "A function of which nothing is known.")]
    [DataRow("$([System.IO.Path]::Combine('a', 'b.txt'))$([System.IO.Path]::GetExtension('c.d'))", "Two functions.")]
    [DataRow("$([System.IO.Path]::Combine('a', 'b.txt').ToLower())", "A function of a function.")]
    [DataRow("$([System.IO.Path]::Combine('a', 'b.txt')", "No closing parenthesis.")]
    public void Any_file_may_be_read_where_the_end_is_not_written_out(string path, string why) =>
        Assert.IsNull(Find($"<ReadLinesFromFile File=\"{path}\" />"), why);

    [TestMethod]
    [DataRow("<XmlPeek XmlInputPath=\"a.xml\" Query=\"/\" />", "a.xml")]
    [DataRow("<Microsoft.Build.Tasks.GetFileHash Files=\"a.txt\" />", "a.txt")]
    [DataRow("<Message Text=\"$([system.io.file]::ReadAllLines(`a.txt`))\" />", "a.txt")]
    [DataRow("<Message Condition=\"$([System.IO.File]::ReadAllText('a.txt').Contains('b')) or $([System.IO.File]::ReadAllText('b.txt').Contains('b'))\" />", "a.txt b.txt")]
    [DataRow("<Message Condition=\"$([System.IO.File]::Exists('a.txt')) or Exists('a.txt')\" />", "")]
    [DataRow("<!-- <ReadLinesFromFile File=\"a.txt\" /> -->", "")]
    [DataRow("<Message Text=\"ReadLinesFromFile\" />", "")]
    public void Each_way_to_read_is_seen(string xml, string ends) => Assert.AreEqual(ends, Join(Find(xml)));

    [TestMethod]
    [DataRow("<ReadLinesFromFile />")]
    [DataRow("<XmlPeek XmlContent=\"$(X)\" />")]
    [DataRow("<Message Text=\"$([System.IO.File]::ReadAllText('a.txt', $(Encoding)))\" />")]
    [DataRow("<Message Text='a' & />")]
    public void What_is_not_understood_may_read_any_file(string xml) => Assert.IsNull(Find(xml));

    private static string? Join(IReadOnlyCollection<string>? ends) => ends is null ? null : string.Join(' ', ends);

    private static IReadOnlyCollection<string>? Find(string xml) => MSBuildCode.Read(
        [
            "<Project><PropertyGroup><File>eng/version.json</File><Given>a.txt</Given><Circle>x$(Circle)</Circle><Folder>a/b/</Folder></PropertyGroup></Project>",
            """
            <Project>
              <Choose><When Condition="true"><PropertyGroup><Two>a.txt</Two></PropertyGroup></When></Choose>
              <PropertyGroup><Two>$(Folder)b.txt</Two><Read>$([System.String]::Copy('a.txt'))</Read><Output>a.txt</Output></PropertyGroup>
              <Target Name="T"><Task><Output TaskParameter="Value" PropertyName="output" /></Task></Target>
            </Project>
            """,
            $"<Project>{xml}</Project>",
        ],
        name => name == "Given") is { } code ? ContentReads.Find(code) : null;
}
