using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Container;

/// <summary>Finds names that would be ignored in silence: misspelt ones, and those without an effect on the image (pure).</summary>
internal static class Vocabulary
{
    // What begins so is one of ours, or meant to be.
    private static readonly string[] s_prefixes = ["Container", "MultiStage", "PublishMultiStage"];

    /// <summary>Finds the problems of the names that a project writes.</summary>
    /// <param name="source">Where the image's stages come from.</param>
    /// <returns>The warnings, each at its line.</returns>
    public static IEnumerable<Diagnostic> Problems(ImmutableArray<WrittenName> names, ImageSource source)
    {
        foreach (var written in names)
        {
            if (Meant(written.Name) is { } meant)
            {
                yield return Codes.NameMisspelt.With(written.Name, meant) with
                {
                    Location = written.Place,
                };
            }
            else if (!written.IsShared && Use(written.Name)?.Instead(source) is { } instead)
            {
                yield return Codes.NameHasNoEffect.With(written.Name, Kind(source), instead) with
                {
                    Location = written.Place,
                };
            }
        }
    }

    /// <returns>The known name that is one edit away; null where the name is known, or like none.</returns>
    public static string? Meant(string name)
    {
        if (!s_prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return KnownNames.All.Contains(name) ? null : KnownNames.All.FirstOrDefault(known => IsOneEdit(name, known));
    }

    private static NameUse? Use(string name) =>
        NameUses.All.FirstOrDefault(use => use.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Kind(ImageSource source) =>
        source switch
        {
            ImageSource.Project => "on images that this package builds",
            ImageSource.Items => "in a project of stages alone",
            _ => "on a Dockerfile that exists",
        };

    // An insertion, a deletion, a replacement, or two letters that changed places; casing does not count.
    private static bool IsOneEdit(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 1)
        {
            return false;
        }

        var (x, y) = (a.ToUpperInvariant(), b.ToUpperInvariant());
        var first = x.Zip(y).TakeWhile(pair => pair.First == pair.Second).Count();
        return x.Length == y.Length
                ? x[(first + 1)..] == y[(first + 1)..]
                    || (
                        first + 1 < x.Length && x[first] == y[first + 1] && x[first + 1] == y[first] && x[(first + 2)..] == y[(first + 2)..]
                    )
            : x.Length < y.Length ? x[first..] == y[(first + 1)..]
            : x[(first + 1)..] == y[first..];
    }
}
