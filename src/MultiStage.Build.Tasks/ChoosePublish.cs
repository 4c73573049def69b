using Microsoft.Build.Framework;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks;

/// <summary>Chooses the properties with which the container publishes the project, before it is evaluated with them.</summary>
[MSBuildMultiThreadableTask]
public sealed class ChoosePublish : MultiStageTask
{
    /// <summary><c>ContainerRuntimeIdentifier</c>.</summary>
    public string ContainerRuntimeIdentifier { get; set; } = "";

    /// <summary><c>ContainerRuntimeIdentifiers</c>.</summary>
    public string[] ContainerRuntimeIdentifiers { get; set; } = [];

    /// <summary><c>RuntimeIdentifier</c>.</summary>
    public string RuntimeIdentifier { get; set; } = "";

    /// <summary><c>RuntimeIdentifiers</c>.</summary>
    public string[] RuntimeIdentifiers { get; set; } = [];

    /// <summary><c>PublishRuntimeIdentifier</c>.</summary>
    public string PublishRuntimeIdentifier { get; set; } = "";

    /// <summary><c>UseCurrentRuntimeIdentifier</c>.</summary>
    public string UsesCurrent { get; set; } = "";

    /// <summary><c>UseDefaultPublishRuntimeIdentifier</c>.</summary>
    public string UsesDefault { get; set; } = "";

    /// <summary><c>NETCoreSdkPortableRuntimeIdentifier</c>.</summary>
    [Required]
    public string Machine { get; set; } = "";

    /// <summary><c>ContainerFamily</c>.</summary>
    public string Family { get; set; } = "";

    /// <summary><c>ContainerBaseImage</c>.</summary>
    public string BaseImage { get; set; } = "";

    /// <summary><c>StaticExecutable</c>.</summary>
    public string IsStatic { get; set; } = "";

    /// <summary><c>Configuration</c>.</summary>
    public string Configuration { get; set; } = "";

    /// <summary><c>_IsPublishing</c>.</summary>
    public string IsPublishing { get; set; } = "";

    /// <summary><c>PublishRelease</c>.</summary>
    public string PublishRelease { get; set; } = "";

    /// <summary>The framework's version, such as <c>10.0</c>.</summary>
    public string FrameworkVersion { get; set; } = "";

    /// <summary><c>ContainerPublishMode</c>; a value that is not one is reported when the project is read.</summary>
    public string PublishMode { get; set; } = "";

    /// <summary><c>SelfContained</c>, <c>PublishSelfContained</c>, <c>PublishTrimmed</c> and <c>PublishSingleFile</c>.</summary>
    public string[] RuntimeSwitches { get; set; } = [];

    /// <summary>The properties, as <c>name=value</c>.</summary>
    [Output]
    public string[] Properties { get; private set; } = [];

    /// <inheritdoc />
    protected override Task RunAsync(TargetRun run, CancellationToken cancellationToken)
    {
        var choice = PublishChoice.Of(
            new()
            {
                ContainerRuntimeIdentifier = ContainerRuntimeIdentifier,
                ContainerRuntimeIdentifiers = [.. ContainerRuntimeIdentifiers],
                RuntimeIdentifier = RuntimeIdentifier,
                RuntimeIdentifiers = [.. RuntimeIdentifiers],
                PublishRuntimeIdentifier = PublishRuntimeIdentifier,
                UsesCurrent = IsTrue(UsesCurrent),
                UsesDefault = IsTrue(UsesDefault),
                Machine = Machine,
                Family = Family,
                BaseImage = BaseImage,
                IsStatic = IsTrue(IsStatic),
                Configuration = Configuration,
                IsPublishing = IsTrue(IsPublishing),
                KeepsDebug = PublishRelease.Equals("false", StringComparison.OrdinalIgnoreCase),
                FrameworkVersion = FrameworkVersion,
                OnHost = PublishMode.Equals("Host", StringComparison.OrdinalIgnoreCase),
                AsksForRuntime = RuntimeSwitches.Any(IsTrue),
            }
        );
        string[] dependent = choice.SaysFrameworkDependent ? ["SelfContained=false"] : [];
        Properties =
        [
            .. dependent,
            $"Configuration={choice.Configuration}",
            $"RuntimeIdentifier={choice.RuntimeIdentifier}",
            $"_MultiStageChosenRuntimeIdentifier={choice.Chosen}",
            $"_MultiStageRuntimeIdentifiers={string.Join(',', choice.Several)}",
        ];
        return Task.CompletedTask;
    }

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
