using System.Collections.Immutable;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Finds what a restore must have, beside project files and imports, to restore what it restores on this machine.</summary>
/// <param name="compare">Evaluates the closure with some files alone and says what a restore would read otherwise.</param>
internal sealed class RestoreProof(Func<VisibleFiles, RestoreDifference> compare)
{
    /// <summary>Finds it.</summary>
    /// <param name="inputs">The files that every restore reads.</param>
    /// <param name="candidates">What else the evaluation may depend on.</param>
    /// <param name="whyAfterSources">Why the restore has to come after the sources, whatever it is given; null where it may not.</param>
    public RestoreNeeds Find(ImmutableArray<string> inputs, RestoreCandidates candidates, string? whyAfterSources)
    {
        // The publish asks for these as well, and no context holds them.
        ImmutableArray<string> unsent = [.. candidates.Asked.Select(one => one.Path).Where(LeftOutNames.IsOfGit)];
        if (whyAfterSources is not null)
        {
            return new([], unsent) { WhyAfterSources = whyAfterSources };
        }

        var visible = new VisibleFiles(inputs, unsent);
        var difference = compare(visible);
        while (!difference.IsNone && Missing() is { Count: > 0 } missing)
        {
            visible = visible.With(missing);
            difference = compare(visible);
        }

        if (difference.IsNone)
        {
            return Needs([]);
        }

        var more = new List<Candidate>();
        foreach (var candidate in new[] { candidates.Scripts, candidates.Asked, candidates.Read, candidates.Listed })
        {
            var added = candidate.Where(one => !visible.Files.Contains(one.Path) && !more.Contains(one)).ToList();
            more.AddRange(added);
            if (added.Count > 0 && compare(visible.With(more)).IsNone)
            {
                return Needs(Smallest([], more));
            }
        }

        return new([], unsent) { WhyAfterSources = difference.Expressions[0] };

        List<Candidate> Missing() =>
            [
                .. difference
                    .Missing.SelectMany(candidates.At)
                    .Where(one => !visible.Files.Contains(one.Path) && !visible.Placeholders.Contains(one.Path)),
            ];

        RestoreNeeds Needs(IReadOnlyList<Candidate> chosen)
        {
            var all = visible.With(chosen);
            return new([.. all.Files.Except(inputs)], all.Placeholders);
        }

        // Halves the candidates as long as one half is enough: https://en.wikipedia.org/wiki/Delta_debugging
        IReadOnlyList<Candidate> Smallest(IReadOnlyList<Candidate> kept, IReadOnlyList<Candidate> tried)
        {
            if (tried.Count == 1)
            {
                return tried;
            }

            var (left, right) = (tried.Take(tried.Count / 2).ToList(), tried.Skip(tried.Count / 2).ToList());
            if (compare(visible.With([.. kept, .. left])).IsNone)
            {
                return Smallest(kept, left);
            }

            if (compare(visible.With([.. kept, .. right])).IsNone)
            {
                return Smallest(kept, right);
            }

            var ofLeft = Smallest([.. kept, .. right], left);
            return [.. ofLeft, .. Smallest([.. kept, .. ofLeft], right)];
        }
    }
}

/// <summary>What a restore needs beside project files and imports. Every path is relative to the context, with forward slashes.</summary>
/// <param name="Files">Files whose content it reads, sorted.</param>
/// <param name="Placeholders">Files, and folders with a slash at their end, that must exist, sorted.</param>
internal sealed record RestoreNeeds(ImmutableArray<string> Files, ImmutableArray<string> Placeholders)
{
    /// <summary>What a restore would read otherwise, whatever it is given beside the sources; null where it can come before them.</summary>
    public string? WhyAfterSources { get; init; }

    internal bool AreThere(string context) => Files.Concat(Placeholders).All(path => Path.Exists(Path.Combine(context, path)));
}

/// <summary>What an evaluation sees of the context.</summary>
/// <param name="Files">Files, relative to the context.</param>
/// <param name="Placeholders">Empty files, and folders with a slash at their end.</param>
public sealed record VisibleFiles(ImmutableArray<string> Files, ImmutableArray<string> Placeholders)
{
    /// <summary>Adds candidates.</summary>
    /// <returns>What is visible then, sorted.</returns>
    public VisibleFiles With(IEnumerable<Candidate> candidates)
    {
        var all = candidates.ToLookup(candidate => candidate.IsRead, candidate => candidate.Path);
        var files = Files.Union(all[true], StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var placeholders = Placeholders.Union(all[false], StringComparer.Ordinal).Except(files, StringComparer.Ordinal);
        return new(files, [.. placeholders.Order(StringComparer.Ordinal)]);
    }
}

/// <summary>A file, or a folder with a slash at its end, that an evaluation may depend on.</summary>
/// <param name="Path">Its path, relative to the context.</param>
/// <param name="IsRead">Whether its content counts; of others it is enough that they exist.</param>
public sealed record Candidate(string Path, bool IsRead);

/// <summary>How a restore from some files differs from one on this machine.</summary>
/// <param name="Expressions">The expressions with other values, each with its project.</param>
/// <param name="Missing">Files that could not be read, relative to the context.</param>
public sealed record RestoreDifference(ImmutableArray<string> Expressions, ImmutableArray<string> Missing)
{
    /// <summary>Whether there is none.</summary>
    public bool IsNone => Expressions.IsEmpty;
}
