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
    private readonly OwnIgnoreFile _own;

    private OwnIgnoreAgreement(ClosureFacts closure, ImmutableArray<EvaluatedProject> projects, OwnIgnoreFile own)
    {
        (_closure, _projects, _own) = (closure, projects, own);
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
    ) =>
        OwnIgnoreFile.Find(closure.Context) is { } own && new OwnIgnoreAgreement(closure, projects, own) is var agreement
            ? (agreement.Apply(), [.. agreement.Unpublished()])
            : (closure, []);

    // A line that was meant for something else can take files out of the app. A build goes on without them.
    private IEnumerable<Diagnostic> Unpublished() =>
        from project in _projects
        from path in InContextOf(project, project.Published)
        let line = _own.Rules.LineThatExcludes(path)
        where line is not null && File.Exists(Absolute(path))
        group path by line.Value into lost
        orderby lost.Key
        select Codes.PublishedFileLeftOut.With(
            lost.Key,
            _own[lost.Key],
            lost.Min(StringComparer.Ordinal)!,
            lost.Distinct(StringComparer.Ordinal).Count() is > 1 and var count ? $" and {count - 1} more" : ""
        ) with
        {
            Location = _own.At(lost.Key),
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

        foreach (var feed in _closure.LocalFeeds.Where(feed => _own.Rules.LeavesOutAll(feed)))
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

        return [.. files.Where(file => !_own.Rules.IsExcluded(file))];
    }

    private void RequireSent(string path, string project)
    {
        if (_own.Rules.LineThatExcludes(path) is { } line && Path.Exists(Absolute(path)))
        {
            throw new MultiStageException(
                Codes.LeftOutByIgnoreFile.With(line, _own[line], path, Path.GetFileName(project)) with
                {
                    Location = _own.At(line),
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
