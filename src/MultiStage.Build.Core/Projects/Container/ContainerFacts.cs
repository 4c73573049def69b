using System.Collections.Immutable;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Container;

/// <summary>What the image should be, in the vocabulary of the .NET SDK's container support.</summary>
internal sealed record ContainerFacts
{
    /// <summary>The builder stage's base image.</summary>
    public required string SdkImage { get; init; }

    /// <summary>The runtime stage's base image.</summary>
    public required string BaseImage { get; init; }

    /// <summary>The platform the image is built for, such as <c>linux/arm64</c>; null for the daemon's own.</summary>
    public Platform? Platform { get; init; }

    /// <summary>The platforms of an image for several, in the project's order; none where it is for one.</summary>
    public ImmutableArray<Platform> Platforms { get; init; } = [];

    /// <summary>The user; empty where the base image decides.</summary>
    public string User { get; init; } = "";

    /// <summary>Whether the project names the user, so that the base image has no say.</summary>
    public bool NamesUser { get; init; }

    /// <summary>The folder that the app is copied to and runs in.</summary>
    public string WorkingDirectory { get; init; } = "/app/";

    /// <summary>The entry point, as words; empty keeps the base image's.</summary>
    public ImmutableArray<string> Entrypoint { get; init; } = [];

    /// <summary>The command, as words.</summary>
    public ImmutableArray<string> Command { get; init; } = [];

    /// <summary>Environment variables in the order the project gives them.</summary>
    public ImmutableArray<NameValue> Environment { get; init; } = [];

    /// <summary>What the app reads while it runs and the base image does not have: absolute paths in the builder stage, a folder's with a
    /// slash at its end.</summary>
    public ImmutableArray<string> TakenAlong { get; init; } = [];

    /// <summary>Labels that follow from the project alone, in the order the project gives them.</summary>
    public ImmutableArray<NameValue> Labels { get; init; } = [];

    /// <summary>Labels that change while the project does not, such as the time of the build; given to the build and not written into the
    /// Dockerfile.</summary>
    public ImmutableArray<NameValue> BuildLabels { get; init; } = [];

    /// <summary>
    /// Whether an answer on the exposed ports can be expected: .NET's base images expose one for every app, and a worker does not listen on
    /// it.
    /// </summary>
    public bool AnswersOnPorts { get; init; } = true;

    /// <summary>Exposed ports, such as <c>8080/tcp</c>, sorted.</summary>
    public ImmutableArray<string> Ports { get; init; } = [];

    /// <summary>The ports that the project names itself: the number, and the type as value.</summary>
    public ImmutableArray<NameValue> NamedPorts { get; init; } = [];

    /// <summary>The registry to push to; empty delivers to the daemon alone.</summary>
    public string Registry { get; init; } = "";

    /// <summary>The repository, without registry and tag.</summary>
    public required string Repository { get; init; }

    /// <summary>The tags, at least one.</summary>
    public required ImmutableArray<string> Tags { get; init; }
}
