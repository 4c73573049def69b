using System.Collections.Immutable;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Projects.Closure;

/// <summary>
/// Makes what is copied by name agree with the context's own <c>.dockerignore</c>: what it leaves out is not copied where a publish does
/// without, and is an error where it does not.
/// </summary>
internal sealed class OwnIgnoreAgreement
{
    private readonly ClosureFacts _closure;
    private readonly ImmutableArray<EvaluatedProject> _projects;
    private readonly HashSet<string> _optional;
    private readonly string _file;
    private readonly string[] _lines;
    private readonly IgnoreRules _rules;

    private OwnIgnoreAgreement(ClosureFacts closure, ImmutableArray<EvaluatedProject> projects, string file)
    {
        (_closure, _projects, _file) = (closure, projects, file);
        var text = File.ReadAllText(file);
        (_lines, _rules) = (text.ReplaceLineEndings("\n").Split('\n'), IgnoreRules.Parse(text));
        _optional = projects.SelectMany(project => project.OptionalFiles).Select(Relative).ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Makes them agree.</summary>
    /// <param name="closure">What the build reads.</param>
    /// <param name="projects">The evaluations it was made of.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.LeftOutByIgnoreFile"/>.</exception>
    /// <returns>The closure without what is left out and not needed, and what the image goes without.</returns>
    public static (ClosureFacts Closure, ImmutableArray<Diagnostic> Warnings) Apply(
        ClosureFacts closure,
        ImmutableArray<EvaluatedProject> projects
    )
    {
        var file = Path.Combine(closure.Context, ".dockerignore");
        return File.Exists(file) && new OwnIgnoreAgreement(closure, projects, file) is var own
            ? (own.Apply(), [.. own.Unpublished()])
            : (closure, []);
    }

    // A line that was meant for something else can take files out of the app. A build goes on without them.
    private IEnumerable<Diagnostic> Unpublished() =>
        from project in _projects
        from path in InContextOf(project, project.Published)
        let line = _rules.LineThatExcludes(path)
        where line is not null && File.Exists(Absolute(path))
        group path by line.Value into lost
        orderby lost.Key
        select Codes.PublishedFileLeftOut.With(
            lost.Key,
            _lines[lost.Key - 1].Trim(),
            lost.Min(StringComparer.Ordinal)!,
            lost.Distinct(StringComparer.Ordinal).Count() is > 1 and var count ? $" and {count - 1} more" : ""
        ) with
        {
            Location = new(_file, lost.Key, 1),
        };

    private IEnumerable<string> InContextOf(EvaluatedProject project, ImmutableArray<string> files) =>
        files
            .Select(path => Path.GetFullPath(path.Replace('\\', '/'), Path.GetDirectoryName(project.Path)!))
            .Where(InContext)
            .Select(Relative);

    private ClosureFacts Apply()
    {
        foreach (var project in _projects)
        {
            foreach (var path in InContextOf(project, project.Compiled))
            {
                RequireSent(path, project.Path);
            }
        }

        foreach (var feed in _closure.LocalFeeds.Where(feed => _rules.LeavesOutAll(feed)))
        {
            RequireSent(feed, "nuget.config");
        }

        return _closure with
        {
            RestoreInputs = Without(_closure.RestoreInputs),
            OutsideFiles = Without(_closure.OutsideFiles),
            NamedFiles = Without(_closure.NamedFiles),
        };
    }

    private ImmutableArray<string> Without(ImmutableArray<string> files)
    {
        foreach (var file in files.Where(file => !IsOptional(file)))
        {
            RequireSent(file, _closure.Project);
        }

        return [.. files.Where(file => !_rules.IsExcluded(file))];
    }

    private void RequireSent(string path, string project)
    {
        if (_rules.LineThatExcludes(path) is { } line && Path.Exists(Absolute(path)))
        {
            throw new MultiStageException(
                Codes.LeftOutByIgnoreFile.With(line, _lines[line - 1].Trim(), path, Path.GetFileName(project)) with
                {
                    Location = new(_file, line, 1),
                }
            );
        }
    }

    private bool IsOptional(string file) =>
        Path.GetFileName(file) switch
        {
            ".editorconfig" or ".globalconfig" or "dotnet-tools.json" => true,
            "global.json" => !ChoosesMore(Absolute(file)),
            var name when name.Equals("nuget.config", StringComparison.OrdinalIgnoreCase) => !HasEffect(Absolute(file)),
            _ => _optional.Contains(file),
        };

    // The builder's image has one SDK; versions of other SDKs and the tests' runner are chosen here alone.
    private static bool ChoosesMore(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(
                File.ReadAllText(file),
                new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true }
            );
            return json.RootElement.TryGetProperty("msbuild-sdks", out _) || json.RootElement.TryGetProperty("test", out _);
        }
        catch (Exception exception) when (exception is JsonException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool HasEffect(string file)
    {
        try
        {
            return XDocument.Load(file).Descendants("add").Any();
        }
        catch (Exception exception) when (exception is XmlException or IOException)
        {
            return true;
        }
    }

    private bool InContext(string path) => ContextPath.Contains(_closure.Context, path);

    private string Relative(string path) => ContextPath.Relative(_closure.Context, path);

    private string Absolute(string path) => Path.Combine(_closure.Context, path.Replace('/', Path.DirectorySeparatorChar));
}
