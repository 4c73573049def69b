namespace MultiStage.Build.Engines.Progress;

/// <summary>Something that happened during a build, a pull or a push.</summary>
internal abstract record BuildEvent;

/// <summary>A step began. For a step that takes no time, such as a cached one, there may be only the event of its end.</summary>
/// <param name="Step">Its identity within the build.</param>
/// <param name="Name">What it does, as the builder names it, such as <c>[builder 3/7] RUN dotnet restore</c>.</param>
internal sealed record StepStarted(string Step, string Name) : BuildEvent;

/// <summary>A step ended.</summary>
/// <param name="Step">Its identity within the build.</param>
/// <param name="Cached">Whether its result was taken from the cache.</param>
/// <param name="Duration">How long it ran.</param>
/// <param name="Error">Why it failed; null where it did not. A step that was cancelled because another failed has an error too.</param>
internal sealed record StepCompleted(string Step, string Name, bool Cached, TimeSpan Duration, string? Error) : BuildEvent;

/// <summary>A step wrote lines to its standard output or error.</summary>
/// <param name="Step">Its identity within the build.</param>
/// <param name="Text">The line, without its line break.</param>
internal sealed record StepOutput(string Step, string Text) : BuildEvent;

/// <summary>The builder warned of something in the Dockerfile.</summary>
/// <param name="Text">The warning, one line.</param>
internal sealed record BuildWarning(string Text) : BuildEvent;

/// <summary>Something to tell that belongs to no step, such as a pull or a push.</summary>
/// <param name="IsDetail">Whether it only updates the progress of something that was reported before.</param>
internal sealed record Notice(string Text, bool IsDetail = false) : BuildEvent;

/// <param name="Files">How many files went.</param>
/// <param name="Bytes">Their content's bytes.</param>
internal sealed record ContextSent(int Files, long Bytes) : BuildEvent;
