using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Engines.Buildx;

/// <summary>A build as the words of a command. Secrets are not among them: other users of the machine can read a command's words.</summary>
internal sealed class BuildxArguments(BuildRequest request)
{
    /// <summary>The environment variables that hold the secrets that no variable and no file holds yet.</summary>
    public IEnumerable<KeyValuePair<string, string>> Environment =>
        request
            .Secrets.Select((secret, index) => KeyValuePair.Create(Variable(index), secret.Value))
            .Where(variable => variable.Value is not null)
            .Select(variable => KeyValuePair.Create(variable.Key, variable.Value!));

    /// <summary>Writes the command's words.</summary>
    /// <param name="builder">The builder's name; empty for the current one.</param>
    /// <param name="dockerfile">The Dockerfile's path in the context.</param>
    /// <param name="metadata">The file that gets the image's digests.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.EngineCannot"/>.</exception>
    /// <returns>What follows <c>docker buildx</c>.</returns>
    public IReadOnlyList<string> Build(string builder, string dockerfile, string metadata) =>
        [
            "build",
            .. Option("--builder", builder),
            "--progress=rawjson",
            .. Output(),
            $"--provenance={Attested(request.Provenance)}",
            $"--sbom={Attested(request.Sbom)}",
            "--metadata-file",
            metadata,
            "--file",
            dockerfile,
            .. Option("--target", request.Target),
            .. Option("--platform", request.Index is { } index ? string.Join(',', index.Platforms) : request.Platform?.ToString()),
            .. request.NoCache ? ["--no-cache"] : Array.Empty<string>(),
            .. request.CacheFrom.SelectMany(cache => Option("--cache-from", cache)),
            .. request.CacheTo.SelectMany(cache => Option("--cache-to", cache)),
            .. request.BuildArgs.SelectMany(arg => Option("--build-arg", $"{arg.Key}={arg.Value}")),
            .. request.Labels.SelectMany(label => Option("--label", Label(label))),
            .. request.Secrets.SelectMany((secret, index) => Option("--secret", Secret(secret, index))),
            .. request.SshAgents.SelectMany(agent => Option("--ssh", agent)),
            "-",
        ];

    // Only an index has room for statements about its images.
    private string Attested(string? wanted) => request.Index is null ? "false" : wanted ?? "false";

    private string[] Output() =>
        request.Index is { } index
            ? ["--output", $"type=oci,{Field($"dest={index.Archive}")},{Field($"name={string.Join(',', index.Names)}")}"]
            : ["--load"];

    private static string[] Option(string name, string? value) => value is null or "" ? [] : [name, value];

    // The command takes what stands in front of the first such sign for the name.
    private static string Label(KeyValuePair<string, string> label) =>
        label.Key.Contains('=', StringComparison.Ordinal)
            ? throw Codes.EngineCannot.ErrorAbout("ContainerLabel", "buildx", $"the label '{label.Key}' has a '=' in its name")
            : $"{label.Key}={label.Value}";

    private static string Secret(BuildSecret secret, int index) =>
        $"id={secret.Id},"
        + (secret.File is { } file ? Field($"src={file}") : $"env={(secret.Value is null ? secret.Variable : Variable(index))}");

    // One field of a line of comma-separated values.
    private static string Field(string text) =>
        text.AsSpan().ContainsAny(',', '"') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Variable(int index) => FormattableString.Invariant($"MULTISTAGE_SECRET_{index}");
}
