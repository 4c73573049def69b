namespace MultiStage.Build.Context;

/// <summary>Who reads the context, which decides how the Dockerfile that is sent with it is kept out of the image.</summary>
internal enum ContextReader
{
    /// <summary>The classic builder.</summary>
    Classic,

    /// <summary>BuildKit with a Dockerfile frontend too old to leave a file out of a copy.</summary>
    BuildKit,

    /// <summary>BuildKit with a Dockerfile frontend that knows <c>COPY --exclude</c>.</summary>
    BuildKitWithExclude,
}
