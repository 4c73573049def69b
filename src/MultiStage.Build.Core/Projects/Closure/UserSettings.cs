using System.Xml;
using System.Xml.Linq;
using MultiStage.Build.Context;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Closure;

/// <summary>A user's own settings for a project, in <c>App.csproj.user</c>, which MSBuild imports after the project.</summary>
internal static class UserSettings
{
    /// <summary>The files of the evaluated projects.</summary>
    public static IEnumerable<string> Files(EvaluatedClosure evaluated) =>
        evaluated
            .Projects.SelectMany(project => project.Imports)
            .Where(import => import.EndsWith(".user", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal);

    /// <summary>Warns of settings that decide how this machine builds and that the context's own <c>.dockerignore</c> leaves out.</summary>
    /// <remarks>Visual Studio keeps there what it alone reads, and writes an ignore file that leaves all of it out.</remarks>
    /// <param name="context">The build context's absolute path.</param>
    /// <param name="evaluated">The evaluations on this machine.</param>
    public static IEnumerable<Diagnostic> LeftOut(string context, EvaluatedClosure evaluated)
    {
        var settings = Files(evaluated).Where(file => ContextPath.Contains(context, file)).ToList();
        if (settings.Count == 0 || OwnIgnoreFile.Find(context) is not { } own)
        {
            yield break;
        }

        foreach (var file in settings)
        {
            var path = ContextPath.Relative(context, file);
            if (own.Rules.LineThatExcludes(path) is { } line && Decides(file, evaluated.Names) is { Length: > 0 } names)
            {
                yield return Codes.UserSettingsLeftOut.With(line, own[line], path, names) with
                {
                    Location = own.At(line),
                };
            }
        }
    }

    // What a build reads of it: properties that some file of the evaluation reads, and everything that is not a property.
    private static string Decides(string file, HashSet<string> read)
    {
        XElement root;
        try
        {
            root = XDocument.Load(file).Root!;
        }
        catch (XmlException)
        {
            // MSBuild reports it.
            return "";
        }

        var properties = root.Elements().Where(IsPropertyGroup).Elements().Select(property => property.Name.LocalName);
        var others = root.Elements().Where(element => !IsPropertyGroup(element) && element.Name.LocalName != "ProjectExtensions");
        return string.Join(
            ", ",
            properties
                .Where(property => read.Contains(property, StringComparer.OrdinalIgnoreCase))
                .Concat(others.SelectMany(group => group.Elements().DefaultIfEmpty(group)).Select(element => element.Name.LocalName))
                .Distinct(StringComparer.OrdinalIgnoreCase)
        );
    }

    private static bool IsPropertyGroup(XElement element) => element.Name.LocalName == "PropertyGroup";
}
