using System.Text.Json.Nodes;

namespace MultiStage.Build.Images;

/// <summary>
/// Writes an image's configuration as the JSON of the OCI image specification (config.md), from what a daemon says of the image (pure).
/// Tools read ports and entry point in it, as they do in what the .NET SDK writes.
/// </summary>
internal static class ConfigurationJson
{
    /// <returns>One line of JSON.</returns>
    public static string Write(ImageDescription image)
    {
        ArgumentNullException.ThrowIfNull(image);
        var json = new JsonObject();
        json["architecture"] = image.Platform.Architecture;
        json["os"] = image.Platform.Os;
        if (image.Platform.Variant.Length > 0)
        {
            json["variant"] = image.Platform.Variant;
        }

        json["config"] = Config(image.Config);
        json["rootfs"] = new JsonObject { ["type"] = "layers", ["diff_ids"] = Words(image.DiffIds) };
        json["history"] = new JsonArray([.. image.History.Select(Entry)]);
        return json.ToJsonString();
    }

    // What an image does not have is left out, as by its builder.
    private static JsonObject Config(ImageConfiguration config)
    {
        var json = new JsonObject();
        void Add(string name, JsonNode value, bool isSet)
        {
            if (isSet)
            {
                json[name] = value;
            }
        }

        Add("User", config.User, config.User.Length > 0);
        Add(
            "ExposedPorts",
            new JsonObject(config.ExposedPorts.Select(port => KeyValuePair.Create<string, JsonNode?>(port, new JsonObject()))),
            config.ExposedPorts.Count > 0
        );
        Add("Env", Words(config.Env.Select(variable => $"{variable.Key}={variable.Value}")), config.Env.Count > 0);
        Add("Entrypoint", Words(config.Entrypoint), config.Entrypoint.Length > 0);
        Add("Cmd", Words(config.Cmd), config.Cmd.Length > 0);
        Add("WorkingDir", config.WorkingDir, config.WorkingDir.Length > 0);
        Add(
            "Labels",
            new JsonObject(config.Labels.Select(label => KeyValuePair.Create<string, JsonNode?>(label.Key, label.Value))),
            config.Labels.Count > 0
        );
        return json;
    }

    private static JsonObject Entry(HistoryEntry entry)
    {
        var json = new JsonObject { ["created_by"] = entry.CreatedBy };
        if (entry.MadeLayer == false)
        {
            json["empty_layer"] = true;
        }

        return json;
    }

    private static JsonArray Words(IEnumerable<string> words) => new([.. words.Select(word => (JsonNode?)JsonValue.Create(word))]);
}
