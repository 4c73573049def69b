using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Companions;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Stages;

/// <summary>Refuses values that no instruction can carry, at the property or item that has them. What gets past here is refused by the
/// writer, which no longer knows where a value came from.</summary>
internal static class FactValues
{
    /// <summary>Checks what a plan is made of.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotRepresentable"/>, <see cref="Codes.ValueNotUnderstood"/>.</exception>
    public static void Check(ProjectFacts facts)
    {
        LineText.Refuse(LineText.Problem(facts.Closure.Project), null, "The path of the project");
        foreach (var (property, value) in Properties(facts))
        {
            LineText.Refuse(LineText.Problem(value), property, property);
        }

        Container(facts.Container);
        Healthcheck(facts.Healthcheck);
        foreach (var item in facts.Stages.BuildArgs)
        {
            RequireName(item.Include, item);
            // It goes to the daemon beside the Dockerfile, so it may have several lines.
            if (LineText.ProblemOfJson(item["Value"]) is { } problem)
            {
                throw Codes.ValueNotRepresentable.ErrorAt(item, $"ContainerBuildArg '{item.Include}'", problem);
            }
        }

        if (facts.Source is ImageSource.Project)
        {
            RequireImage("ContainerSdkImage", facts.Container.SdkImage, []);
            RequireImage("ContainerBaseImage", facts.Container.BaseImage, facts.Stages.Stages);
        }
    }

    private static IEnumerable<(string Property, string Value)> Properties(ProjectFacts facts) =>
        [
            ("Configuration", facts.Publish.Configuration),
            ("TargetFramework", facts.Publish.TargetFramework ?? ""),
            ("RuntimeIdentifier", facts.Publish.RuntimeIdentifier ?? ""),
            ("ContainerUser", facts.Container.User),
            ("ContainerWorkingDirectory", facts.Container.WorkingDirectory),
            .. facts.Publish.Environment.Values.Keys.Select(name => ("Environment", name)),
        ];

    private static void Container(ContainerFacts container)
    {
        foreach (var variable in container.Environment)
        {
            const string type = "ContainerEnvironmentVariable";
            RequireName(variable.Name, new ProjectItem(type, variable.Name));
            LineText.Refuse(LineText.Problem(variable.Value), type, $"{type} '{variable.Name}'");
        }

        // A label's value may have several lines; it then goes to the daemon beside the Dockerfile.
        foreach (var label in container.Labels.Concat(container.BuildLabels))
        {
            LineText.Refuse(
                label.Name.Length == 0 ? "no name" : LineText.Problem(label.Name) ?? LineText.ProblemOfJson(label.Value),
                "ContainerLabel",
                $"ContainerLabel '{label.Name}'"
            );
        }

        foreach (var word in container.Entrypoint.Concat(container.Command))
        {
            LineText.Refuse(LineText.ProblemOfJson(word), "ContainerEntrypoint", $"The entry point's or command's word '{word}'");
        }
    }

    private static void Healthcheck(HealthcheckFacts? check)
    {
        const string property = "ContainerHealthcheckCommand";
        var command = check?.Command ?? "";
        var problem = LineText.Problem(command) ?? (StepText.IsContinued(command.TrimEnd()) ? "a backslash at its end" : null);
        LineText.Refuse(
            problem ?? check?.Words.Select(LineText.ProblemOfJson).FirstOrDefault(word => word is not null),
            property,
            property
        );
    }

    private static void RequireName(string name, ProjectItem item)
    {
        var problem = LineText.Problem(name)
            ?? (
                name.Contains('=', StringComparison.Ordinal) ? "an equals sign in its name"
                : name.Trim().Length == 0 ? "no name"
                : null
            );
        if (problem is not null)
        {
            throw Codes.ValueNotRepresentable.ErrorAt(item, $"{item.Type} '{name}'", problem);
        }
    }

    private static void RequireImage(string property, string image, ImmutableArray<ProjectItem> stages)
    {
        if (
            image != ScratchImage.Name
            && ImageReference.TryParse(image) is null
            && !stages.Any(stage => stage.Include.Equals(image, StringComparison.OrdinalIgnoreCase))
        )
        {
            throw Codes.ValueNotUnderstood.ErrorAbout(property, property, image, ImageReference.Takes);
        }
    }
}
