using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.EndToEnd.Dockerfiles;

/// <summary>Facts that a project could have, with names and values that are hard to write into a Dockerfile.</summary>
internal static class RandomFacts
{
    // What shells, Dockerfiles, JSON, CSV, globs, MSBuild and people's keyboards make special.
    private const string Special = " \t\"'$#\\%;,=[]*?!~|&<>(){}`^@:ü-.+";

    private static readonly Gen<string> s_piece = Gen.Frequency(
        (12, Gen.Int[0, Special.Length + 7].Select(i => (i < Special.Length ? Special[i] : "abcXYZ09"[i - Special.Length]).ToString())),
        (1, OneOf("%3B", "%", "${x}", "$$", "\\n", "<<EOF", "--x", "&&", "[a-z]", "[^", "**", "日本", "😀", "\u00a0"))
    );

    private static readonly Gen<string> s_line = s_piece.Array[0, 14].Select(string.Concat);

    private static readonly Gen<string> s_text = Gen.Frequency(
        (4, s_line),
        (1, Gen.Select(s_line, OneOf("\n", "\r\n", "\n\n"), s_line, (a, b, c) => a + b + c))
    );

    // MSBuild reads a backslash as a slash and takes blanks at the ends away, and no ignore file can name a tab or a line break.
    // Two characters that look like one are in no value: bake, which has to pass some on, would join them.
    private static readonly Gen<string> s_fileName = Gen.Frequency((20, s_piece), (1, Gen.Const("e\u0301")))
        .Array[1, 8]
        .Select(pieces =>
            string.Concat(string.Concat(pieces).Where(c => !"\\/\t".Contains(c, StringComparison.Ordinal))).Trim('.', ' ', '\u00a0')
        )
        .Where(name => name.Length > 0);

    private static readonly Gen<string> s_variable = Gen.Select(OneOf("A", "_", "z"), Gen.Int[0, 99], (letter, number) =>
        $"{letter}{number}"
    );

    private static readonly Gen<string> s_label = s_line.Where(name => name.Trim().Length > 0 && name == name.Trim());

    private static readonly Gen<ContainerFacts> s_container = Gen.Select(
        Gen.Select(s_variable, s_line, (name, value) => new NameValue(name, value)).Array[0, 12],
        Gen.Select(s_label, s_text, (name, value) => new NameValue(name, value)).Array[0, 12],
        s_line.Array[1, 5],
        s_line.Array[0, 4],
        s_fileName.Array[1, 3],
        Gen.Frequency((1, Gen.Const("")), (4, s_line.Select(name => string.Concat(name.Where(c => !char.IsWhiteSpace(c)))))),
        (environment, labels, entrypoint, command, folders, user) =>
            new ContainerFacts
            {
                SdkImage = "",
                BaseImage = "",
                Environment = [.. environment],
                Labels = [.. labels],
                Entrypoint = [.. entrypoint],
                Command = [.. command],
                WorkingDirectory = $"/{string.Join('/', folders)}/",
                User = user,
                Repository = "random",
                Tags = ["latest"],
            }
    );

    // In one of four, more folders than are copied one by one: their files are bound to the restore.
    private static readonly Gen<ImmutableArray<string>> s_restoreInputs = Gen.Frequency(
            (
                3,
                Gen.Select(s_fileName.Array[1, 5], s_fileName.Array[1, 5], (below, beside) =>
                    below.Select(name => $"q/{name}.props").Concat(beside.Select(name => $"{name}.props"))
                )
            ),
            (
                1,
                s_piece
                    .Array[30]
                    .Select(names =>
                        names.Select(
                            (name, i) =>
                                string.Create(
                                    CultureInfo.InvariantCulture,
                                    $"q{name.Trim('\\', '\t', '\u00a0')}{i}/x{name.Trim('\\', '\t')}.props"
                                )
                        )
                    )
            )
        )
        .Select(files => files.Distinct(StringComparer.Ordinal).ToImmutableArray());

    private static readonly Gen<ClosureFacts> s_closure = Gen.Select(
        s_fileName,
        s_fileName,
        s_restoreInputs,
        s_fileName.Array[1, 5],
        (project, folder, inputs, outside) =>
            new ClosureFacts
            {
                Context = "",
                Project = $"p{folder}/{project}.csproj",
                Projects = [new ClosureProject($"p{folder}/{project}.csproj", [$"p{folder}/obj"])],
                RestoreInputs = [.. inputs.Append($"p{folder}/{project}.csproj").Order(StringComparer.Ordinal)],
                // Some lie in a folder of their own, some at the root.
                OutsideFiles =
                [
                    .. outside
                        .Select((name, i) => i % 2 == 0 ? $"r{folder}/{name}.txt" : $"{name}.txt")
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal),
                ],
            }
    );

    private static readonly Gen<PublishFacts> s_publish = Gen.Select(
        Gen.Select(s_variable, s_text, KeyValuePair.Create).Array[0, 5],
        s_text.Array[0, 3],
        (properties, stamps) =>
            new PublishFacts
            {
                Configuration = "Release",
                UsesCompileCache = stamps.Length % 2 == 0,
                Properties = properties
                    .DistinctBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
                    .ToImmutableSortedDictionary(StringComparer.OrdinalIgnoreCase),
                Stamps = stamps
                    .Where(value => value.Length > 0)
                    .Select((value, i) => KeyValuePair.Create(string.Create(CultureInfo.InvariantCulture, $"Stamp{i}"), value))
                    .ToImmutableSortedDictionary(StringComparer.Ordinal),
            }
    );

    /// <summary>Facts of projects that have no context and no images yet.</summary>
    public static Gen<ProjectFacts> Project { get; } =
        Gen.Select(s_closure, s_publish, s_container, (closure, publish, container) => new ProjectFacts(closure, publish, container));

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
