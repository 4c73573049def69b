using System.Collections.Immutable;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Stages.Items;

/// <summary>Reads <c>ContainerSecret</c> items. What they hold is read by the builder alone.</summary>
internal static class SecretReader
{
    private static readonly string[] s_metadata = ["Source", "Env"];

    /// <exception cref="MultiStageException"><see cref="Codes.SecretUnusable"/>, <see cref="Codes.MetadataUnknown"/>.</exception>
    /// <returns>The secrets, in the project's order.</returns>
    public static ImmutableArray<PlanSecret> Read(ProjectFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var secrets = ImmutableArray.CreateBuilder<PlanSecret>();
        if (!facts.Feeds.IsEmpty)
        {
            secrets.Add(new(PackageFeeds.SecretId) { Feeds = facts.Feeds });
        }

        foreach (var item in facts.Stages.Secrets)
        {
            ItemRules.Check(item, s_metadata, s_metadata);
            var (source, variable) = (item["Source"].Trim(), item["Env"].Trim());
            var wrong =
                item.Include.Length == 0 || !item.Include.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
                    ? "has an id that no step can name"
                : secrets.Any(secret => secret.Id == item.Include) ? "is there twice"
                : source.Length > 0 && variable.Length > 0 ? "has both Env and Source"
                : source.Length == 0 && variable.Length == 0 ? "has neither Env nor Source"
                : null;
            if (wrong is not null)
            {
                throw Codes.SecretUnusable.ErrorAt(item, item.Include, wrong);
            }

            secrets.Add(new(item.Include) { Source = source.Length > 0 ? source : null, Variable = variable.Length > 0 ? variable : null });
        }

        return secrets.ToImmutable();
    }

    /// <summary>Finds the file that holds a secret.</summary>
    /// <param name="source">The secret's <see cref="PlanSecret.Source"/>.</param>
    /// <returns>Its absolute path.</returns>
    public static string FileOf(ProjectFacts facts, string source)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(source);
        var folder = Path.GetDirectoryName(Path.Combine(facts.Closure.Context, facts.Closure.Project))!;
        return Path.GetFullPath(source.Replace('\\', Path.DirectorySeparatorChar), folder);
    }

    /// <summary>The files in the build context that hold secrets, and that are never sent.</summary>
    /// <returns>Their paths, relative to the context.</returns>
    public static IEnumerable<string> FilesInContext(ProjectFacts facts) =>
        Read(facts)
            .Where(secret => secret.Source is not null)
            .Select(secret => FileOf(facts, secret.Source!))
            .Where(file => ContextPath.Contains(facts.Closure.Context, file))
            .Select(file => ContextPath.Relative(facts.Closure.Context, file))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);
}
