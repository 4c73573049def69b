using System.Collections.Immutable;

namespace MultiStage.Build.Engines.Progress;

/// <summary>One message of BuildKit's progress: <c>moby.buildkit.v1.StatusResponse</c>, as far as it is shown.</summary>
/// <param name="Vertices">What is known of the steps that changed, in the order it happened.</param>
/// <param name="Warnings">What the Dockerfile was found to have.</param>
internal sealed record BuildKitStatus(
    ImmutableArray<BuildKitVertex> Vertices,
    ImmutableArray<BuildKitLog> Logs,
    ImmutableArray<string> Warnings
)
{
    /// <param name="message">Its bytes in wire format.</param>
    /// <exception cref="InvalidDataException">The bytes are not such a message.</exception>
    public static BuildKitStatus Parse(ReadOnlySpan<byte> message)
    {
        var vertices = ImmutableArray.CreateBuilder<BuildKitVertex>();
        var logs = ImmutableArray.CreateBuilder<BuildKitLog>();
        var warnings = ImmutableArray.CreateBuilder<string>();
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            // Field 2 tells the bytes of downloads and exports, which nothing here shows.
            if (fields.Field == 1)
            {
                vertices.Add(ParseVertex(fields.Bytes));
            }
            else if (fields.Field == 3)
            {
                logs.Add(ParseLog(fields.Bytes));
            }
            else if (fields.Field == 4 && ParseWarning(fields.Bytes) is { Length: > 0 } warning)
            {
                warnings.Add(warning);
            }
        }

        return new(vertices.ToImmutable(), logs.ToImmutable(), warnings.ToImmutable());
    }

    private static BuildKitVertex ParseVertex(ReadOnlySpan<byte> message)
    {
        var vertex = new BuildKitVertex("", "", false, null, null, null);
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            vertex = fields.Field switch
            {
                1 => vertex with { Digest = fields.Text },
                3 => vertex with { Name = fields.Text },
                4 => vertex with { Cached = fields.Number != 0 },
                5 => vertex with { Started = fields.ReadTimestamp() },
                6 => vertex with { Completed = fields.ReadTimestamp() },
                7 => vertex with { Error = fields.Text is { Length: > 0 } error ? error : null },
                _ => vertex,
            };
        }

        return vertex;
    }

    private static BuildKitLog ParseLog(ReadOnlySpan<byte> message)
    {
        var log = new BuildKitLog("", 0, []);
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            log = fields.Field switch
            {
                1 => log with { Vertex = fields.Text },
                3 => log with { Stream = (int)fields.Number },
                4 => log with { Content = [.. fields.Bytes] },
                _ => log,
            };
        }

        return log;
    }

    private static string ParseWarning(ReadOnlySpan<byte> message)
    {
        var fields = new ProtobufReader(message);
        while (fields.Read())
        {
            // The line's number is part of the text.
            if (fields.Field == 3)
            {
                return fields.Text.ReplaceLineEndings(" ");
            }
        }

        return "";
    }
}

/// <summary>A step of BuildKit's graph.</summary>
/// <param name="Cached">Whether its result was taken from the cache.</param>
/// <param name="Started">When it began; null where it has not.</param>
/// <param name="Completed">When it ended; null where it has not.</param>
internal sealed record BuildKitVertex(
    string Digest,
    string Name,
    bool Cached,
    DateTimeOffset? Started,
    DateTimeOffset? Completed,
    string? Error
);

/// <summary>A piece of what a step wrote: it begins and ends anywhere in a line.</summary>
/// <param name="Stream">1 for standard output, 2 for standard error.</param>
/// <param name="Content">The bytes.</param>
internal sealed record BuildKitLog(string Vertex, int Stream, ImmutableArray<byte> Content);
