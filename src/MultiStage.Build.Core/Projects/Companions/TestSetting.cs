using System.Text.Json;
using MultiStage.Build.Context;
using MultiStage.Build.Projects.Closure;

namespace MultiStage.Build.Projects.Companions;

/// <summary>What <c>global.json</c> says of <c>dotnet test</c>. Source:
/// https://learn.microsoft.com/dotnet/core/tools/global-json#test</summary>
/// <param name="Folder">The folder of the file, relative to the context: <c>dotnet</c> finds it from there and from below.</param>
/// <param name="UsesPlatform">Whether it chooses Microsoft.Testing.Platform.</param>
internal sealed record TestSetting(string Folder, bool UsesPlatform)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What counts without a file.</summary>
    public static TestSetting None { get; } = new("", false);

    /// <summary>Reads the nearest file above a project, up to the context, as <c>dotnet</c> takes one alone.</summary>
    public static TestSetting Read(ClosureFacts closure)
    {
        ArgumentNullException.ThrowIfNull(closure);
        var project = Path.GetDirectoryName(Path.Combine(closure.Context, closure.Project.Replace('/', Path.DirectorySeparatorChar)))!;
        var file = ContextPath
            .Ancestors(project, closure.Context)
            .Select(folder => Path.Combine(folder, "global.json"))
            .FirstOrDefault(File.Exists);
        return file is null
            ? None
            : new(ContextPath.Parent(ContextPath.Relative(closure.Context, file)), ChoosesPlatform(File.ReadAllText(file)));
    }

    private static bool ChoosesPlatform(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, Lenient);
            return json.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("test", out var test)
                && test.ValueKind is JsonValueKind.Object
                && test.TryGetProperty("runner", out var runner)
                && runner.ValueKind is JsonValueKind.String
                && runner.GetString()!.Equals("Microsoft.Testing.Platform", StringComparison.OrdinalIgnoreCase);
        }
        catch (JsonException)
        {
            // The dotnet command says it better, and does so first.
            return false;
        }
    }
}
