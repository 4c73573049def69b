using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Dockerfiles.Reading;
using MultiStage.Build.Engines;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Closure;
using MultiStage.Build.Stages;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Pipeline.Building;

/// <summary>Finds what secrets hold, when a build is about to mount them. It goes from here to the builder and into no file.</summary>
internal static class GivenSecrets
{
    /// <summary>Finds the secrets that a Dockerfile mounts.</summary>
    /// <param name="facts">What was read from the project.</param>
    /// <param name="plan">The plan, which says where they are.</param>
    /// <param name="mounts">What the Dockerfile mounts.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.SecretHasNoValue"/>: a builder would run the step without it.</exception>
    public static ImmutableArray<BuildSecret> Of(ProjectFacts facts, BuildPlan plan, SessionMounts mounts)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(mounts);
        return [.. plan.Secrets.Where(secret => mounts.Secrets.ContainsKey(secret.Id)).Select(secret => Find(facts, secret))];
    }

    private static BuildSecret Find(ProjectFacts facts, PlanSecret secret)
    {
        if (!secret.Feeds.IsEmpty)
        {
            return new(secret.Id)
            {
                Value = new PackageFeeds(facts.Inputs, NuGetHost.This).Configuration()
                    ?? throw Codes.SecretHasNoValue.Error(
                        secret.Id,
                        $"this machine has no credentials any more for {string.Join(", ", secret.Feeds)}"
                    ),
            };
        }

        var item = facts.Stages.Secrets.First(item => item.Include == secret.Id);
        var file = secret.Source is { } source ? SecretReader.FileOf(facts, source) : null;
        if (file is not null && !File.Exists(file))
        {
            throw Codes.SecretHasNoValue.ErrorAt(item, secret.Id, $"there is no file '{file}'");
        }

        return secret.Variable is { } variable && string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable))
            ? throw Codes.SecretHasNoValue.ErrorAt(item, secret.Id, $"the environment variable {variable} is not set")
            : new BuildSecret(secret.Id) { File = file, Variable = secret.Variable };
    }
}
