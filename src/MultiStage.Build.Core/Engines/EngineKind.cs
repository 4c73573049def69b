namespace MultiStage.Build.Engines;

/// <summary>Who builds images.</summary>
internal enum EngineKind
{
    /// <summary>A Docker daemon, over its Engine API.</summary>
    Docker,

    /// <summary>The .NET SDK's own container support, which needs no daemon: the image lies in an archive until it is delivered.</summary>
    Sdk,

    /// <summary>The <c>docker buildx</c> command. Its images go to the Docker daemon, which has them from then on.</summary>
    Buildx,
}
