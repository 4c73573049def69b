using System.ComponentModel;
using System.Text.Json;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>The project that the .NET SDK makes in memory for a C# file without one.</summary>
/// <param name="Source">The file's absolute path.</param>
/// <param name="ProjectPath">The path that the project would have, absolute. Nothing is there.</param>
public sealed record FileBasedApp(string Source, string ProjectPath, string Text)
{
    /// <summary>Whether a path is that of a source file and not of a project.</summary>
    public static bool IsSource(string path) => !Path.GetExtension(path).EndsWith("proj", StringComparison.OrdinalIgnoreCase);

    /// <summary>Asks the SDK for the project, as editors do.</summary>
    /// <param name="source">The source file's absolute path.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.FileBasedApp"/>.</exception>
    public static FileBasedApp Read(string source, string sdkFolder)
    {
        try
        {
            // A global.json above the file chooses the SDK.
            var command = new HostCommand(Path.Combine(sdkFolder, "dotnet"), "run-api") { Folder = Path.GetDirectoryName(source) };
            var question = $$"""{"$type":"GetProject","EntryPointFileFullPath":"{{JsonEncodedText.Encode(source)}}"}{{"\n"}}""";
            var answer = HostProcess.AskAsync(command, question, CancellationToken.None).GetAwaiter().GetResult();
            return Parse(source, answer.Output);
        }
        catch (Exception exception) when (exception is Win32Exception or IOException or JsonException)
        {
            throw Codes.FileBasedApp.Error(Path.GetFileName(source));
        }
    }

    /// <summary>Reads the SDK's answer.</summary>
    /// <param name="source">The source file's absolute path.</param>
    /// <param name="answer">JSON with the members <c>Content</c> and <c>ProjectPath</c>.</param>
    internal static FileBasedApp Parse(string source, string answer)
    {
        var project = JsonSerializer.Deserialize<Answer>(answer);
        return project is { Content: { } text, ProjectPath: { } path }
            ? new(source, path, text)
            : throw new JsonException("The answer holds no project.");
    }

    private sealed record Answer(string? Content, string? ProjectPath);
}
