using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Closure;

/// <summary>Decides how a restore holds itself to lock files. NuGet refuses one that was made for other runtime identifiers than the
/// restore's (NU1004).</summary>
internal static class LockRules
{
    /// <summary>Decides for a closure.</summary>
    /// <param name="publish">How it is published.</param>
    /// <returns>The way to restore it.</returns>
    public static LockedRestore For(ClosureFacts closure, PublishFacts publish)
    {
        if (closure.Locks.IsEmpty)
        {
            return LockedRestore.None;
        }

        var wanted = Wanted(publish);
        return wanted.Length == 1 && closure.Locks.All(file => file.RuntimeIdentifiers.Contains(wanted[0])) ? LockedRestore.WithRuntime
            : closure.Locks.FirstOrDefault(file => file.Project == closure.Project) is { } own
            && !wanted.Except(own.RuntimeIdentifiers).Any()
                ? LockedRestore.AsTheProjectSays
            : LockedRestore.ThenRuntime;
    }

    /// <summary>Warns of packages whose version a second restore, for the runtime, may choose again.</summary>
    /// <param name="publish">How it is published.</param>
    /// <returns>At most one warning.</returns>
    public static IEnumerable<Diagnostic> Warnings(ClosureFacts closure, PublishFacts publish) =>
        For(closure, publish) is LockedRestore.ThenRuntime
        && closure.Locks.SelectMany(file => file.Floating).Distinct(StringComparer.OrdinalIgnoreCase).ToList() is { Count: > 0 } floating
            ?
            [
                Codes.FloatingVersionNotLocked.With(string.Join(", ", floating), string.Join(';', Wanted(publish))) with
                {
                    About = "RestorePackagesWithLockFile",
                },
            ]
            : [];

    // Where the platform decides, a plan has to fit both.
    private static ImmutableArray<string> Wanted(PublishFacts publish) =>
        publish switch
        {
            { RuntimeIdentifier: { } chosen } => [chosen],
            { IsMusl: true } => ["linux-musl-x64", "linux-musl-arm64"],
            _ => ["linux-x64", "linux-arm64"],
        };
}
