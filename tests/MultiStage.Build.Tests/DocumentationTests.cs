using System.Text.RegularExpressions;

namespace MultiStage.Build.Tests;

/// <summary>Documentation says what a name does not: units, shapes, errors, sources.</summary>
[TestClass]
public sealed partial class DocumentationTests
{
    private static readonly string[] s_fillers = "a an the of its it is are to in that which what for one this all each".Split(' ');

    [TestMethod]
    public void No_parameter_s_documentation_repeats_its_name()
    {
        var sources = Directory
            .EnumerateFiles(RepositoryRoot.Combine("src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(file => Parameter().Matches(File.ReadAllText(file)).Select(match => (file, match)))
            .ToList();

        Assert.IsNotEmpty(sources);
        Assert.AreEqual(
            "",
            string.Join('\n', sources.Where(source => Repeats(source.match)).Select(source => $"{source.file}: {source.match.Value}"))
        );
    }

    [TestMethod]
    [DataRow("baseImage", "The base image.", true)]
    [DataRow("tests", "The test.", true)]
    [DataRow("cancellationToken", "Ends the build.", true)]
    [DataRow("baseImage", "The base image; null for scratch.", false)]
    [DataRow("patience", "How long it may take.", false)]
    public void What_repeats_a_name_is_known(string name, string text, bool repeats) =>
        Assert.AreEqual(repeats, Repeats(Parameter().Match($"<param name=\"{name}\">{text}</param>")));

    private static bool Repeats(Match parameter)
    {
        var name = parameter.Groups["name"].Value;
        var known = Word().Matches(name).Select(word => Stem(word.Value)).ToHashSet();
        return name == "cancellationToken"
            || Word().Matches(parameter.Groups["text"].Value).Select(word => Stem(word.Value)).Except(s_fillers).All(known.Contains);
    }

    private static string Stem(string word) =>
        s_fillers.Contains(word.ToLowerInvariant()) ? word.ToLowerInvariant() : word.ToLowerInvariant().TrimEnd('s');

    [GeneratedRegex("""<param name="(?<name>\w+)">(?<text>[^<]*)</param>""")]
    private static partial Regex Parameter();

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Word();
}
