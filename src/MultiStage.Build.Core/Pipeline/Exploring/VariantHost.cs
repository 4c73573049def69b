using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Variants;

namespace MultiStage.Build.Pipeline.Exploring;

/// <summary>
/// This machine's part of a variant: a restore and an evaluation with the variant's properties, as a publish with the same properties has
/// them. In a process of its own: what MSBuild has once read of a restore it never reads again, and an error of one variant would fail the
/// build of all.
/// </summary>
/// <param name="Dotnet">The <c>dotnet</c> command.</param>
/// <param name="ProjectFile">The project's absolute path.</param>
/// <param name="Configuration">The configuration that a publish has.</param>
/// <param name="Given">The properties of the command line, escaped as MSBuild has them.</param>
public sealed partial record VariantHost(string Dotnet, string ProjectFile, string Configuration, IReadOnlyDictionary<string, string> Given)
{
    /// <summary>Whether the .NET SDK builds the project; else nothing would import a file of properties.</summary>
    public required bool UsesSdk { get; init; }

    /// <summary>What the project names as the file that a variant needs for itself; empty for nothing.</summary>
    public required string Hooked { get; init; }

    /// <summary>The property by which the reports of a publish have their place.</summary>
    internal const string OutputFolder = "IntermediateOutputPath";

    private const string PropertiesFile = "properties.json";

    /// <summary>Has a variant's facts, plan and Dockerfile written.</summary>
    /// <param name="run">The run's folder that they are written to, absolute.</param>
    /// <param name="target">The target that writes them.</param>
    /// <param name="settings">What else is set, whatever project, command line and variant say.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.VariantHookTaken"/>.</exception>
    /// <returns>
    /// The properties of <see cref="ExploredProject.PropertyNames"/> and <see cref="OutputFolder"/>; or why there are none.
    /// </returns>
    internal async Task<PreparedVariant> PrepareAsync(
        Variant variant,
        string run,
        string target,
        IEnumerable<NameValue> settings,
        CancellationToken cancellationToken
    )
    {
        Directory.CreateDirectory(run);
        var properties = Path.Combine(run, PropertiesFile);
        var command = new HostCommand(
            Dotnet,
            [
                // Only `dotnet build` takes a file-based app; like a publish, it restores first.
                .. ProjectFile.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) ? ["build", ProjectFile] : Projects(),
                $"-t:{target}",
                "-nologo",
                // It is alone on the machine and leaves no process behind.
                "-m:1",
                "-nr:false",
                "-tl:off",
                $"-getProperty:{string.Join(',', ExploredProject.PropertyNames)},{OutputFolder}",
                $"-getResultOutputFile:{properties}",
                .. Given.Where(property => IsForwarded(property.Key)).Select(property => Property(property.Key, property.Value)),
                .. Write(variant, run).Select(property => Property(property.Key, Escaped(property.Value))),
                .. settings.Select(property => Property(property.Name, property.Value)),
                Property("_IsPublishing", "true"),
                Property("Configuration", Configuration),
                Property("_MultiStageVariantDirectory", Escaped(run)),
                Property("ContainerDockerfileOutput", Escaped(Path.Combine(run, "Dockerfile.variant"))),
                Property("ContainerVariant", ""),
            ]
        )
        {
            Folder = Path.GetDirectoryName(ProjectFile),
        };
        var (exitCode, lines) = await HostProcess.RunAsync(command, cancellationToken);
        return exitCode == 0 && File.Exists(properties) ? new(Read(properties), null) : new(null, Reason(lines));
    }

    // A property of the command line wins over one of a file, whatever it is; so a variant's takes its place there.
    private ImmutableSortedDictionary<string, string> Write(Variant variant, string run)
    {
        var given = Given.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own = UsesSdk ? variant.Properties.RemoveRange(variant.Properties.Keys.Where(given.Contains)) : variant.Properties.Clear();
        var onCommandLine = variant.Properties.RemoveRange(own.Keys);
        if (own.IsEmpty)
        {
            return onCommandLine;
        }

        if (Hooked.Length > 0)
        {
            throw Codes.VariantHookTaken.ErrorAbout(VariantFile.Hook, variant.Name, VariantFile.Hook);
        }

        var file = Path.Combine(run, PipelineFiles.VariantTargets);
        PipelineFile.WriteText(file, string.Join('\n', VariantFile.OnHost(own)) + "\n");
        PipelineFile.Write(Path.Combine(run, PipelineFiles.Variant), variant with { Properties = own });
        return onCommandLine.Add(VariantFile.Hook, file).Add(VariantFile.ProjectProperty, VariantFile.PathOf(ProjectFile));
    }

    private string[] Projects() => ["msbuild", ProjectFile, "-restore"];

    // The package's own and the toolchain's are set again.
    private static bool IsForwarded(string name) =>
        !name.StartsWith('_')
        && !name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
        && name is not ("ContainerVariant" or "ContainerDockerfileOutput" or "Configuration");

    // On a command line each of these ends a value.
    private static string Property(string name, string escaped) =>
        $"-p:{name}={escaped.Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal)}";

    private static string Escaped(string value) => value.Replace("%", "%25", StringComparison.Ordinal);

    private static Dictionary<string, string> Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(file));
            return json.RootElement.GetProperty("Properties").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? "");
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException)
        {
            throw Codes.PipelineFileUnusable.Error(file, exception.Message, "ExploreMultiStageImages");
        }
    }

    private static string Reason(ImmutableArray<string> lines)
    {
        foreach (var line in lines)
        {
            if (Error().Match(line) is { Success: true } error)
            {
                return $"{error.Groups["code"].Value}: {error.Groups["text"].Value.Trim()}";
            }
        }

        return lines.LastOrDefault(line => line.Trim().Length > 0)?.Trim() ?? "MSBuild failed without a word";
    }

    [GeneratedRegex(@"\berror (?<code>[A-Za-z]+[0-9]+)\s*:\s*(?<text>.*?)(\s*\[[^\[\]]*\])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}

/// <summary>What this machine's part of a variant gave.</summary>
/// <param name="Properties">The properties that were asked for; null where it failed.</param>
/// <param name="Failure">Why it failed; null where it did not.</param>
internal sealed record PreparedVariant(IReadOnlyDictionary<string, string>? Properties, string? Failure);
