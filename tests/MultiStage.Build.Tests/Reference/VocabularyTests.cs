using MultiStage.Build.Diagnostics;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Tests.Reference;

/// <summary>
/// The names that users' build scripts depend on, in a file of their own: none comes, goes or changes its severity without a difference
/// that a reviewer
/// sees. <c>UPDATE_SNAPSHOTS=1</c> rewrites it.
/// </summary>
[TestClass]
public sealed class VocabularyTests
{
    [TestMethod]
    public void The_public_names_are_those_of_the_baseline() =>
        Snapshot.Match(
            "vocabulary",
            "names.txt",
            string.Concat([
                .. Section("Properties and items", PublicNames.OfPackage),
                .. Section("Properties and items of the .NET SDK", PublicNames.OfSdk.Except(PublicNames.OfPackage)),
                .. Section("Targets", PublicNames.Targets),
                .. Section("Instructions of ContainerStep", ItemRules.Instructions.Select(instruction => instruction.Metadata)),
                .. Section("Diagnostics", Codes.All.Select(code => $"{code.Code} {code.Severity.ToString().ToLowerInvariant()}")),
            ])
        );

    private static IEnumerable<string> Section(string title, IEnumerable<string> names) =>
        names.Order(StringComparer.Ordinal).Select(name => $"  {name}\n").Prepend($"{title}\n").Append("\n");
}
