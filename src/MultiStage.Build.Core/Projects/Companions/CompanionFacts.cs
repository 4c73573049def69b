using System.Collections.Immutable;

namespace MultiStage.Build.Projects.Companions;

/// <summary>What is built beside the app. Written to <c>companions.json</c>.</summary>
/// <param name="Healthcheck">The image's health check; null where the project says nothing of one.</param>
/// <param name="RequiresTests"><c>ContainerRequireTests</c>.</param>
internal sealed record CompanionFacts(HealthcheckFacts? Healthcheck, ImmutableArray<TestFacts> Tests, bool RequiresTests);
