using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build;

/// <summary>The JSON files by which the stages of the pipeline hand each other their results.</summary>
internal static class PipelineFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NewLine = "\n",
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireValues } },
        // The files are read by people and never put into a web page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    // What may be null is left out of a file, and all else must be in it.
    private static void RequireValues(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            property.IsRequired |= property.AssociatedParameter is { IsNullable: false, HasDefaultValue: false };
        }
    }

    /// <summary>Writes a value as JSON, whole or not at all, and leaves a file alone that already says the same.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="path">The file's path; its folder is made where it is missing.</param>
    public static void Write<T>(string path, T value) => WriteText(path, ToText(value));

    /// <summary>Writes a value, unless what is written would hold a secret. A file of an earlier run goes then, too.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value, which the next run can do without.</param>
    public static void WriteWithoutSecrets<T>(string path, T value, IEnumerable<string> secrets)
    {
        var text = ToText(value);
        if (secrets.Any(secret => text.Contains(Inner(secret), StringComparison.Ordinal)))
        {
            File.Delete(path);
        }
        else
        {
            WriteText(path, text);
        }
    }

    private static string ToText<T>(T value) => JsonSerializer.Serialize(value, Options) + "\n";

    private static string Inner(string text) => JsonSerializer.Serialize(text, Options)[1..^1];

    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="writtenBy">The target that writes the file, for the message.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PipelineFileUnusable"/>.</exception>
    public static T Read<T>(string path, string writtenBy)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(ReadText(path, writtenBy), Options)
                ?? throw Codes.PipelineFileUnusable.Error(path, "it is empty", writtenBy);
        }
        catch (JsonException exception)
        {
            throw Codes.PipelineFileUnusable.Error(path, exception.Message, writtenBy);
        }
    }

    /// <param name="writtenBy">The target that writes the file, for the message.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.PipelineFileUnusable"/>.</exception>
    public static string ReadText(string path, string writtenBy)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Codes.PipelineFileUnusable.Error(path, exception.Message, writtenBy);
        }
    }

    /// <summary>Writes text as UTF-8 without a byte order mark, whole or not at all, and leaves a file alone that already holds
    /// it.</summary>
    /// <param name="path">The file's path; its folder is made where it is missing.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public static bool WriteText(string path, string text)
    {
        try
        {
            if (File.Exists(path) && File.ReadAllText(path) == text)
            {
                return false;
            }

            Replace(Path.GetFullPath(path), text);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Codes.FileNotWritten.Error(path, exception.Message);
        }
    }

    private static void Replace(string path, string text)
    {
        using var file = TemporaryFile.Create(path);
        file.Content.Write(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(text));
        file.Keep();
    }
}
