using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MultiStage.Build.Budgets;
using MultiStage.Build.Budgets.Baselines;
using MultiStage.Build.Budgets.Waivers;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Engines.Progress;
using MultiStage.Build.Images;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Archives;
using MultiStage.Build.Measurement.Files;
using MultiStage.Build.Projects;
using MultiStage.Build.Registries;
using MultiStage.Build.Tests.Measurement;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Fuzzing;

/// <summary>
/// Whatever a reader is given, it reads it or refuses it in one sentence. Each is given its corpus and what becomes of it by random edits:
/// the same ones in every run, or new ones for as many seconds as <c>MULTISTAGE_FUZZ_SECONDS</c> says, guided by the branches that they
/// take, as <c>build/fuzz.sh</c> has it. What makes a reader fail is kept in the corpus.
/// </summary>
[TestClass]
public sealed class ReadersTakeAnything
{
    private const int Edited = 200;

    private static readonly Lock s_turn = new();

    public required TestContext TestContext { get; init; }

    private static readonly string s_corpus = RepositoryRoot.Combine("tests", "MultiStage.Build.Tests", "Fuzzing", "Corpus");

    [TestMethod]
    [DataRow("archive")]
    [DataRow("baseline")]
    [DataRow("challenge")]
    [DataRow("deps")]
    [DataRow("dockerfile")]
    [DataRow("growth")]
    [DataRow("ignore")]
    [DataRow("path")]
    [DataRow("trace")]
    [DataRow("waiver")]
    public void What_is_not_understood_is_refused_in_one_sentence(string reader)
    {
        var read = Reader(reader);
        var corpus = Corpus(reader);
        if (Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_SECONDS") is { Length: > 0 } seconds)
        {
            if (Environment.GetEnvironmentVariable("MULTISTAGE_FUZZ_READER") is not { Length: > 0 } only || only == reader)
            {
                Search(reader, read, corpus, TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
            }

            return;
        }

        foreach (var input in corpus)
        {
            Read(reader, read, input);
        }

        var random = new Random(1);
        for (var tried = 0; tried < Edited; tried++)
        {
            Read(reader, read, Mutation.Of(corpus, random));
        }
    }

    // An input that takes a branch for the first time is edited further. One reader at a time, as all share the table of branches.
    private void Search(string reader, Action<byte[]> read, List<byte[]> corpus, TimeSpan time)
    {
        using var turn = s_turn.EnterScope();
        var coverage = Coverage.Start();
        foreach (var input in corpus)
        {
            Read(reader, read, input);
            coverage?.TookSomethingNew();
        }

        var (random, until, tried, given) = (new Random(), DateTime.UtcNow + time, 0L, corpus.Count);
        for (; DateTime.UtcNow < until; tried++)
        {
            var input = Mutation.Of(corpus, random);
            Read(reader, read, input);
            if (coverage?.TookSomethingNew() == true)
            {
                corpus.Add(input);
            }
        }

        var found = coverage is null ? "without coverage" : $"{coverage.Seen} branches, {corpus.Count - given} inputs that led to new ones";
        TestContext.WriteLine($"{reader}: {tried} inputs in {time.TotalSeconds} s, {found}");
    }

    private static void Read(string reader, Action<byte[]> read, byte[] input)
    {
        try
        {
            read(input);
        }
        catch (MultiStageException)
        {
            // One sentence.
        }
        catch (Exception exception)
        {
            var file = Path.Combine(s_corpus, reader, "found-" + Convert.ToHexStringLower(SHA256.HashData(input))[..12]);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, input);
            Assert.Fail($"The reader of '{reader}' fails on {file}: {exception}");
        }
    }

    private static Action<byte[]> Reader(string name) =>
        name switch
        {
            "archive" => Archive,
            "baseline" => input => SizeBaselineFile.Read(Text(input), "a.size.json", "accept"),
            "challenge" => input => RegistryChallenge.Parse(Text(input)),
            "deps" => input => DependencyFile.Parse("app.deps.json", input),
            "dockerfile" => Dockerfile,
            "growth" => input => GrowthBudget.Parse(Text(input)),
            "ignore" => Ignore,
            "path" => input => PathPattern.Parse(Text(input)).Takes("/app/wwwroot/a.js"),
            "trace" => Trace,
            _ => Waiver,
        };

    private static List<byte[]> Corpus(string reader)
    {
        var folder = Path.Combine(s_corpus, reader);
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList()
            : [];
        if (reader == "archive")
        {
            files.Add(SmallArchive());
        }

        Assert.IsNotEmpty(files);
        return files;
    }

    private static string Text(byte[] input) => Encoding.UTF8.GetString(input);

    private static void Dockerfile(byte[] input)
    {
        var text = Text(input);
        SessionMounts.Read(text);
        DockerfileReader.NeedsBuildKit(text);
        DockerfileReader.Read(text, "/repo/Dockerfile", Items.Facts() with { Source = ImageSource.Dockerfile });
    }

    private static void Ignore(byte[] input)
    {
        var text = Text(input);
        IgnoreRules.Parse(text).IsExcluded("src/app/a.cs");
        IgnoreRules.None.With(GitIgnoreFile.Patterns(text, "src")).LeavesOutAll("src/app");
    }

    // What is no message at all is told by its reader's caller.
    private static void Trace(byte[] input)
    {
        try
        {
            BuildKitStatus.Parse(input);
        }
        catch (InvalidDataException) { }
    }

    private static void Waiver(byte[] input)
    {
        var lines = Text(input).Split('\n');
        BudgetWaiver.Parse("ContainerSizeBudget", lines[0], lines.ElementAtOrDefault(1), lines.ElementAtOrDefault(2));
    }

    private static byte[] SmallArchive()
    {
        var layer = TestArchive.Tar(TestArchive.File("app/a.deps.json", "{}"u8.ToArray()), TestArchive.File("app/.wh.b", 0));
        var path = $"blobs/sha256/{Convert.ToHexStringLower(SHA256.HashData(layer))}";
        return TestArchive.Tar(
            TestArchive.File(path, layer),
            TestArchive.File("config.json", TestArchive.Configuration(1)),
            TestArchive.File("manifest.json", TestArchive.Manifest("config.json", [path]))
        );
    }

    private static void Archive(byte[] input) =>
        ArchiveMeasurer
            .MeasureAsync(
                new("a.tar", "ContainerArchive", _ => Task.FromResult<Stream>(new MemoryStream(input))),
                Platform.Parse("linux/arm64"),
                WalkFor.Files,
                CancellationToken.None
            )
            .GetAwaiter()
            .GetResult();
}
