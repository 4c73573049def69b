using System.Collections.Immutable;
using MultiStage.Build.Images;
using MultiStage.Build.Pipeline.Exploring;
using MultiStage.Build.Reporting.Console;
using MultiStage.Build.Reporting.Page;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Tests.Variants;

/// <summary>What is shown of an exploration.</summary>
[TestClass]
public sealed class ExplorationTests
{
    [TestMethod]
    public void The_table_and_the_page_are_as_they_were()
    {
        Snapshot.Match("exploration", "table.txt", ExploreTable.Write(Explored, "obj/explore.html") + "\n");
        Snapshot.Match("exploration", "explore.html", WithoutStyle(ExplorePage.Write(Explored)));
    }

    [TestMethod]
    public void The_figures_of_the_table_fit_into_a_terminal()
    {
        foreach (
            var line in ExploreTable
                .Write(Explored, "obj/explore.html")
                .Split('\n')
                .Where(line => !line.Contains(": ", StringComparison.Ordinal))
        )
        {
            Assert.IsLessThanOrEqualTo(120, line.Length, line);
        }
    }

    [TestMethod]
    public void What_a_container_wrote_is_text_on_the_page()
    {
        var page = ExplorePage.Write(Explored with { Today = Explored.Today with { Because = "<script>alert(1)</script>" } });

        Assert.DoesNotContain("<script", page);
        Assert.Contains("&lt;script&gt;", page);
    }

    [TestMethod]
    public void Where_nothing_smaller_works_no_lines_are_offered()
    {
        var none = Explored with { Variants = [.. Explored.Variants.Where(variant => variant.Outcome is not VariantOutcome.Works)] };

        Assert.Contains("No variant that works is smaller than today's image.", ExploreTable.Write(none, ""));
        Assert.DoesNotContain("To take it", ExploreTable.Write(none, ""));
    }

    [TestMethod]
    public void An_exploration_that_was_written_is_found_with_its_warnings()
    {
        using var folder = new TempFolder();
        ExplorationFiles.Write(Explored, folder.Path, Path.Combine(folder.Path, "copies"));

        var found = ExplorationFile.Find(Path.Combine(folder.Path, "none"), Path.Combine(folder.Path, "copies", "Shop.explore.json"))!;

        Assert.AreEqual("native", found.Best?.Name);
        Assert.AreEqual(31, found.Best?.MedianStart);
        Assert.AreEqual(
            2,
            found.Find(new("native", Explored.Variants[0].Properties, VariantOutcome.Works) { TotalBytes = 25_100_000 })?.Warnings
        );
        Assert.IsNull(found.Find(new("native", Explored.Variants[0].Properties, VariantOutcome.Works) { TotalBytes = 1 }));
        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "copies", "Shop.explore.html")));
    }

    [TestMethod]
    public void Warnings_of_the_trimming_and_native_compilers_are_counted_once_and_others_are_not()
    {
        var warnings = new CompilerWarnings();
        foreach (
            var line in new[]
            {
                "/src/App/Program.cs(3,1): warning IL2026: Using member 'X' [/src/App/App.csproj]",
                "/src/App/Program.cs(3,1): warning IL2026: Using member 'X' [/src/App/App.csproj]",
                "ILC : warning IL3053: Assembly 'Y' produced AOT analysis warnings. [/src/App/App.csproj]",
                "/src/App/Program.cs(4,1): warning CS0168: The variable 'e' is declared [/src/App/App.csproj]",
                "warning ILxxx",
            }
        )
        {
            warnings.Read(line);
        }

        CollectionAssert.AreEqual(
            new[]
            {
                "/src/App/Program.cs(3,1): warning IL2026: Using member 'X'",
                "ILC : warning IL3053: Assembly 'Y' produced AOT analysis warnings.",
            },
            warnings.Lines.ToArray()
        );
    }

    // The style is the size report's for the most part, and changes with it.
    private static string WithoutStyle(string page)
    {
        var (from, to) = (page.IndexOf("<style>", StringComparison.Ordinal), page.IndexOf("</style>", StringComparison.Ordinal));
        var policy = page.IndexOf("'sha256-", StringComparison.Ordinal);
        return page.Remove(from, to - from).Remove(policy, page.IndexOf('\'', policy + 1) - policy);
    }

    internal static Exploration Explored { get; } =
        new(
            "Shop",
            Platform.Parse("linux/amd64"),
            Result(Variant.Today, VariantOutcome.Works, 279_300_000, [310, 290, 305]) with
            {
                BaseImage = "mcr.microsoft.com/dotnet/aspnet:10.0",
            },
            Exploration.Rank([
                Result("alpine", VariantOutcome.CannotBeBuilt, null, []) with
                {
                    Because = "NU1101: Unable to find package Microsoft.NETCore.App.Host.linux-musl-x64",
                },
                Result("chiseled", VariantOutcome.Works, 125_400_000, [280, 260, 1270]),
                Result("trimmed", VariantOutcome.Fails, 84_900_000, []) with
                {
                    Because = "the check fails with exit code 22: <b>500</b>",
                    Warnings = 12,
                    WarningsFile = "explore/trimmed.warnings.txt",
                },
                Result("native", VariantOutcome.Works, 25_100_000, [30, 31, 38]) with
                {
                    Warnings = 2,
                },
                Result("single-file", VariantOutcome.NotReached, null, []),
            ])
        )
        {
            Definition = "unpacked-bytes/1",
            ProjectFile = "Shop.csproj",
            Seconds = 412,
        };

    private static VariantResult Result(string name, VariantOutcome outcome, long? bytes, double[] starts) =>
        new(name, ImmutableSortedDictionary.CreateRange([KeyValuePair.Create("ContainerFamily", name)]), outcome)
        {
            Because = outcome is VariantOutcome.Works ? "answers on 8080/tcp after 0.3 s" : "",
            TotalBytes = bytes,
            AppBytes = bytes / 2,
            PullBytes = bytes / 3,
            StartMilliseconds = [.. starts],
            IdleBytes = outcome is VariantOutcome.Works ? 18_700_000 : null,
            Warnings = bytes is null ? null : 0,
        };
}
