using System.Collections.Immutable;
using CsCheck;
using MultiStage.Build.Context;
using MultiStage.Build.Dockerfiles.Writing;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Sources;
using MultiStage.Build.Tests.Stages;

namespace MultiStage.Build.Tests.Dockerfiles;

[TestClass]
public sealed class DockerignoreWriterTests
{
    private static readonly Gen<string> s_folder = Generate
        .OneOf("a", "b", "a b", "[x]", "q*", "#h", "!n", "$d", "ü.z", "it's", "c^d")
        .Array[1, 4]
        .Select(names => string.Join('/', names));

    private static readonly Gen<ClosureFacts> s_closure = Gen.Select(
        Gen.Frequency((5, s_folder), (1, Gen.Const(""))).Array[1, 4],
        s_folder.Array[0, 3],
        s_folder.Array[0, 2],
        s_folder.Array[0, 3],
        s_folder.Array[0, 3],
        Gen.Bool,
        (projects, foreign, feeds, loose, outputs, rootIsFeed) =>
            new ClosureFacts
            {
                Context = "/c",
                Project = "",
                Projects =
                [
                    .. projects
                        .Distinct()
                        .Select(folder => new ClosureProject(
                            $"{folder}/P.csproj".TrimStart('/'),
                            [.. outputs, $"{folder}/obj".TrimStart('/')]
                        )),
                ],
                RestoreInputs = [.. projects.Select(folder => $"{folder}/P.csproj".TrimStart('/')).Distinct()],
                LocalFeeds = rootIsFeed && feeds.Length > 1 ? [.. feeds.Distinct(), ""] : [.. feeds.Distinct()],
                OutsideFiles = [.. loose.Select(folder => $"{folder}/file.txt")],
                ForeignFolders = [.. foreign.Except(projects).Distinct().Order(StringComparer.Ordinal)],
            }
    );

    [TestMethod]
    public void What_the_ignore_file_lets_in_is_what_the_closure_reads() =>
        Gen.Select(s_closure, s_folder.Array[1, 30])
            .Sample(
                (closure, folders) =>
                {
                    var text = Write(closure);
                    var rules = IgnoreRules.Parse(text);
                    var named = closure
                        .RestoreInputs.Concat(closure.OutsideFiles)
                        .Concat(
                            closure
                                .Projects.SelectMany(p => p.OutputFolders)
                                .Concat(closure.LocalFeeds)
                                .Select(folder => $"{folder}/x.cs".TrimStart('/'))
                        );
                    foreach (var path in folders.Select(folder => folder + "/x.cs").Concat(named).Append("x.cs"))
                    {
                        Assert.AreEqual(IsRead(closure, path), !rules.IsExcluded(path), $"'{path}' by\n{text}");
                    }
                },
                iter: 200
            );

    [TestMethod]
    [DataRow("src/App/.git/config")]
    [DataRow("src/App/sub/.env")]
    [DataRow("src/App/.env.production.local")]
    [DataRow("src/App/node_modules/x/y.js")]
    [DataRow("src/App/Dockerfile")]
    [DataRow("src/App/Dockerfile.dockerignore")]
    [DataRow("src/App/compose.override.yaml")]
    [DataRow("src/App/docker-compose.yml")]
    public void What_is_never_an_input_stays_out_of_a_projects_folder(string path) =>
        Assert.IsTrue(IgnoreRules.Parse(Write(Closure())).IsExcluded(path));

    [TestMethod]
    public void What_a_project_names_is_let_in_but_for_secrets_and_history()
    {
        var rules = IgnoreRules.Parse(
            Write(Closure() with { NamedFiles = ["src/App/Dockerfile.template", "src/App/node_modules/x/y.js"] })
        );
        Assert.IsFalse(rules.IsExcluded("src/App/Dockerfile.template"));
        Assert.IsFalse(rules.IsExcluded("src/App/node_modules/x/y.js"));
        foreach (var path in new[] { "src/App/Dockerfile.other", "src/App/node_modules/x/z.js", "src/App/.env", "src/App/.git/HEAD" })
        {
            Assert.IsTrue(rules.IsExcluded(path), path);
        }
    }

    [TestMethod]
    [DataRow("src/App/appsettings.json")]
    [DataRow("src/App/.editorconfig")]
    [DataRow("src/App/.config/dotnet-tools.json")]
    [DataRow("src/App/binary.dat")]
    [DataRow("src/App/environment.env.cs")]
    [DataRow("src/App/gitignore.txt")]
    public void What_looks_alike_is_an_input(string path) => Assert.IsFalse(IgnoreRules.Parse(Write(Closure())).IsExcluded(path));

    [TestMethod]
    public void The_users_own_ignore_file_takes_more_out_and_lets_nothing_in()
    {
        var text = Write(Closure(), own: ["**/*.mp4", "src/App/big"]);
        Assert.EndsWith("# From .dockerignore\n**/*.mp4\nsrc/App/big\n", text);
        var rules = IgnoreRules.Parse(text);
        Assert.IsTrue(rules.IsExcluded("src/App/big/x") && rules.IsExcluded("src/App/x.mp4") && rules.IsExcluded("docs/x.md"));
        Assert.IsFalse(rules.IsExcluded("src/App/x.cs"));
    }

    [TestMethod]
    public void Text_has_no_carriage_return_and_ends_in_one_line_feed()
    {
        var text = Write(Samples.EightProjects.Closure, own: ["a", "b"]);
        Assert.DoesNotContain("\r", text);
        Assert.IsTrue(text.EndsWith('\n') && !text.EndsWith("\n\n", StringComparison.Ordinal));
    }

    private static string Write(ClosureFacts closure, ContextFacts? context = null, ImmutableArray<string>? own = null) =>
        DockerignoreWriter.Write(Samples.Web with { Closure = closure, Context = context ?? new() }, own ?? []);

    private static ClosureFacts Closure() =>
        new()
        {
            Context = "/c",
            Project = "src/App/App.csproj",
            Projects = [new("src/App/App.csproj", ["src/App/bin", "src/App/obj"])],
            RestoreInputs = ["src/App/App.csproj"],
        };

    // Walks from the root to the file: each folder takes in or leaves out what is below it, and what builds write stays out unless it is a
    // feed or is named.
    private static bool IsRead(ClosureFacts closure, string path)
    {
        var ours = closure.Projects.Select(p => p.Folder).Concat(closure.LocalFeeds).ToImmutableHashSet();
        var outputs = closure.Projects.SelectMany(p => p.OutputFolders).ToImmutableHashSet();
        var (isIn, isBuilt, isBuiltFeed) = (false, false, false);
        var folder = "";
        foreach (var name in path.Split('/').Prepend(""))
        {
            folder = $"{folder}/{name}".Trim('/');
            isIn = ours.Contains(folder) || (isIn && !closure.ForeignFolders.Contains(folder));
            isBuilt |= outputs.Contains(folder);
            isBuiltFeed |= isBuilt && closure.LocalFeeds.Contains(folder);
        }

        return isBuiltFeed || (isIn && !isBuilt) || closure.RestoreInputs.Contains(path) || closure.OutsideFiles.Contains(path);
    }
}
