using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects;
using MultiStage.Build.Stages;

namespace MultiStage.Build.Dockerfiles.Reading;

/// <summary>What the steps of a Dockerfile mount that a builder asks its client for while it builds: secrets and agents of ssh.</summary>
/// <param name="Secrets">The secrets, by the ids that steps name, each with the line of the first step that does.</param>
/// <param name="SshAgents">The agents, likewise.</param>
internal sealed record SessionMounts(ImmutableSortedDictionary<string, int> Secrets, ImmutableSortedDictionary<string, int> SshAgents)
{
    /// <summary>Reads a Dockerfile.</summary>
    public static SessionMounts Read(string text)
    {
        var mounts = DockerfileLexer
            .Read(text)
            .Instructions.Where(instruction => instruction.Keyword == "RUN")
            .SelectMany(instruction =>
                instruction.Flags.Select(StepText.MountOf).OfType<Mount>().Select(mount => (Mount: mount, instruction.Line))
            )
            .ToList();
        return new(Of("secret"), Of("ssh"));

        ImmutableSortedDictionary<string, int> Of(string type) =>
            mounts
                .Where(found => found.Mount.Type == type)
                .GroupBy(found => found.Mount.Id, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(group => group.Key, group => group.Min(found => found.Line), StringComparer.Ordinal);
    }

    /// <summary>Why the Engine API cannot build it; null where it can.</summary>
    public string? Need =>
        !Secrets.IsEmpty ? $"line {Secrets.Values.Min()} of the Dockerfile mounts a secret"
        : !SshAgents.IsEmpty ? $"line {SshAgents.Values.Min()} of the Dockerfile mounts an ssh agent"
        : null;

    /// <summary>Finds secrets that are given and mounted by no step, and those that a step mounts and nothing gives.</summary>
    /// <param name="items">The <c>ContainerSecret</c> items.</param>
    /// <param name="given">What the package gives by itself.</param>
    /// <returns>A warning for each: the build says nothing and continues.</returns>
    public IEnumerable<Diagnostic> Warnings(ImmutableArray<ProjectItem> items, IEnumerable<PlanSecret> given) =>
        items
            .Where(item => !Secrets.ContainsKey(item.Include))
            .Select(item => Codes.SecretUnused.With(item.Include) with { About = item.Type, Item = item })
            .Concat(
                Secrets
                    .Keys.Where(id => !id.Contains('$', StringComparison.Ordinal))
                    .Except(given.Select(secret => secret.Id), StringComparer.Ordinal)
                    .Select(id => Codes.SecretNotGiven.With(id) with { About = "ContainerStep" })
            );
}
