using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;
using MultiStage.Build.Images;

namespace MultiStage.Build.Projects.Container;

/// <summary>Decides which ports the image exposes: those the project names, and those its environment makes ASP.NET listen on.</summary>
internal static partial class PortRules
{
    /// <summary>Decides the ports.</summary>
    /// <param name="ports">Port numbers with their type.</param>
    /// <param name="environment">The base image's environment variables, then those of the image itself.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.ValueNotUnderstood"/>.</exception>
    /// <returns>The ports, such as <c>8080/tcp</c>, sorted by number.</returns>
    public static ImmutableArray<string> Apply(ImmutableArray<NameValue> ports, ImmutableArray<NameValue> environment) =>
        [
            .. ports
                .Select(Explicit)
                .Concat(Listening(environment).Select(number => (Number: number, Type: "tcp")))
                .Distinct()
                .OrderBy(port => port.Number)
                .ThenBy(port => port.Type, StringComparer.Ordinal)
                .Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.Number}/{port.Type}")),
        ];

    private static (int Number, string Type) Explicit(NameValue port)
    {
        var type = port.Value.Length == 0 ? "tcp" : port.Value.ToLowerInvariant();
        return TryNumber(port.Name) is { } number && type is ("tcp" or "udp")
            ? (number, type)
            : throw Codes.ValueNotUnderstood.ErrorAbout(
                "ContainerPort",
                "ContainerPort",
                $"{port.Name}/{type}",
                "a number from 1 to 65535, with the Type tcp or udp"
            );
    }

    // ASPNETCORE_URLS overrides the ports variables: https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints
    private static IEnumerable<int> Listening(ImmutableArray<NameValue> environment)
    {
        var urls = Value("ASPNETCORE_URLS");
        if (urls is not null)
        {
            return Split(urls)
                .Select(url => Port().Match(url))
                .Where(m => m.Success)
                .Select(m => TryNumber(m.Groups[1].Value))
                .OfType<int>();
        }

        return Split($"{Value("ASPNETCORE_HTTP_PORTS")};{Value("ASPNETCORE_HTTPS_PORTS")}").Select(TryNumber).OfType<int>();

        string? Value(string name) => environment.LastOrDefault(variable => variable.Name == name)?.Value;
    }

    private static string[] Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int? TryNumber(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 65535 ? number : null;

    [GeneratedRegex("^[A-Za-z]+://.+:([0-9]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Port();
}
