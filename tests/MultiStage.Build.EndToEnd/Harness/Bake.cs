using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>Many small builds in few commands.</summary>
public static class Bake
{
    // Many more, and the daemon refuses connections.
    private const int MostBuildsAtOnce = 12;

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Builds them all.</summary>
    /// <param name="folder">A folder for the file that says what to build.</param>
    /// <param name="targets">What to build, by name. Source: https://docs.docker.com/build/bake/reference/</param>
    public static async Task BuildAsync(string folder, IReadOnlyDictionary<string, JsonObject> targets)
    {
        foreach (var some in targets.Chunk(MostBuildsAtOnce))
        {
            var names = new JsonArray([.. some.Select(target => JsonValue.Create(target.Key))]);
            var text = new JsonObject
            {
                ["group"] = new JsonObject { ["default"] = new JsonObject { ["targets"] = names } },
                ["target"] = new JsonObject(some.Select(target => KeyValuePair.Create(target.Key, (JsonNode?)target.Value))),
            };
            var file = Path.Combine(folder, "bake.json");
            // Bake expands ${…} and %{…} in what it reads.
            await File.WriteAllTextAsync(
                file,
                text.ToJsonString(Readable).Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal)
            );
            await Daemon.DockerAsync("buildx", "bake", "--progress", "plain", "--file", file, "--allow", "fs.read=*");
        }
    }
}
