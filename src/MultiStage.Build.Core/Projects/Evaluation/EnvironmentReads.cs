using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Projects.Evaluation;

/// <summary>
/// Decides which environment variables reach the build in the container. MSBuild takes every one for a property, so a variable that a
/// project reads, and
/// nothing else gives a value, is a part of what is built. What tells of this machine alone is none.
/// </summary>
/// <param name="reads">What the repository's own files read.</param>
/// <param name="toolReads">The names that the SDK's and packages' files read, as they write them.</param>
/// <param name="evaluated">The variables whose value the evaluations had for the property of that name.</param>
/// <param name="context">The build context's absolute path.</param>
internal sealed partial class EnvironmentReads(PropertyReads reads, HashSet<string> toolReads, HashSet<string> evaluated, string context)
{
    /// <param name="globals">The names of the properties of the command line, which win.</param>
    /// <returns>What reaches the container, and what is reported about the rest.</returns>
    public EnvironmentFacts Decide(IEnumerable<KeyValuePair<string, string>> environment, IReadOnlySet<string> globals)
    {
        // What the text names is declared whether this machine has it or not: the Dockerfile is the same on a desk and in CI.
        var values = reads
            .EnvironmentNames.Where(name => IsOpen(name, globals) && !reads.Defines(name) && !GlobalProperties.IsSecret(name, ""))
            .ToImmutableSortedDictionary(name => name, _ => "", StringComparer.Ordinal)
            .ToBuilder();
        var (secrets, outside) = (new List<string>(), new List<string>());
        foreach (
            var (name, value) in environment.Where(variable =>
                variable.Value.Length > 0 && IsOpen(variable.Key, globals) && Counts(variable.Key)
            )
        )
        {
            var isOwn = reads.Contains(name);
            if (GlobalProperties.IsSecret(name, value))
            {
                secrets.AddRange(isOwn ? [name] : []);
            }
            else if (GlobalProperties.InContainer(value, context, out _) is { } inContainer)
            {
                values[values.Keys.FirstOrDefault(known => known.Equals(name, StringComparison.OrdinalIgnoreCase), name)] = inContainer;
            }
            else
            {
                outside.AddRange(isOwn ? [name] : []);
            }
        }

        return new()
        {
            Values = values.ToImmutable(),
            ForRestore = [.. values.Keys.Where(reads.LeadsToRestore)],
            StampsVersion = values.Keys.Any(reads.LeadsToVersion),
            Warnings = [.. Told(Codes.SecretVariables, secrets), .. Told(Codes.VariablesOutsideContext, outside)],
        };
    }

    private static IEnumerable<Diagnostic> Told(DiagnosticDescriptor code, List<string> names) =>
        names.Count == 0 ? [] : [code.With(string.Join(", ", names.Order(StringComparer.Ordinal)))];

    // No property of this package has a line in its name: CONTAINER_REGISTRY is the project's own.
    private static bool IsOpen(string name, IReadOnlySet<string> globals) =>
        !IsMachines().IsMatch(name)
        && !globals.Contains(name)
        && (name.TrimStart('_').Contains('_', StringComparison.Ordinal) || !GlobalProperties.IsHostOnly(name));

    private bool Counts(string name) =>
        reads.Contains(name)
            // A property that the project goes on from, such as <BUILD>$(BUILD.Trim())</BUILD>, has another value in the end.
            ? evaluated.Contains(name) || !reads.Defines(name)
            // In its own files the SDK asks as it writes such names where it looks for a CI system, which the container is not.
            : evaluated.Contains(name) && toolReads.TryGetValue(name, out var written) && written.Any(char.IsLower);

    // The user, the session, folders, the processor, tools and how they are found: the container has its own. A project's variable may
    // begin like a tool's: Jenkins sets GIT_COMMIT.
    [GeneratedRegex(
        "^(_|PATH|PATHEXT|HOME|HOMEDRIVE|HOMEPATH|USER|USERNAME|USERDOMAIN.*|USERPROFILE|LOGNAME|COMPUTERNAME|HOST|HOSTNAME|HOSTTYPE|"
            + "MACHTYPE|SHELL|SHLVL|TERM.*|"
            + "COLORTERM|LANG|LANGUAGE|LC_.*|TZ|"
            + "TMP|TEMP|TMPDIR|PWD|OLDPWD|OS|OSTYPE|COMSPEC|SYSTEMROOT|SYSTEMDRIVE|WINDIR|PROGRAM(DATA|FILES.*|W6432)|"
            + "COMMONPROGRAM.*|PUBLIC|APPDATA|LOCALAPPDATA|ALLUSERSPROFILE|PROCESSOR_.*|"
            + "NUMBER_OF_PROCESSORS|XDG_.*|SSH_.*|DISPLAY|EDITOR|PAGER|LIB|LIBPATH|INCLUDE|VS(?!TS_).*|"
            + "VISUALSTUDIO.*|DOTNET(?!_ENVIRONMENT$).*|MSBUILD.*|NUGET.*|"
            + "COREHOST.*|COMPLUS_.*|BUILDKIT.*|"
            + "DOCKER_(HOST|CONTEXT|CONFIG|CERT_PATH|TLS.*|API_VERSION|DEFAULT_PLATFORM|BUILDKIT|CLI_.*|CONTENT_TRUST.*|HIDE_.*)|"
            + "GIT_(DIR|WORK_TREE|INDEX_.*|OBJECT_.*|ALTERNATE_.*|NAMESPACE|CEILING_.*|DISCOVERY_.*|COMMON_DIR|CONFIG.*|ATTR_.*|EXEC_PATH|"
            + "TEMPLATE_DIR|SSH.*|ASKPASS|TERMINAL_PROMPT|EDITOR|SEQUENCE_EDITOR|PAGER.*|PREFIX|TRACE.*|LFS_.*|PROXY_.*|HTTP_.*|SSL_.*|"
            + "AUTHOR_.*|COMMITTER_.*|DEFAULT_HASH|OPTIONAL_LOCKS|PROTOCOL.*|ALLOW_.*|INSTALL_ROOT|PS1_.*)|"
            + "(HTTP|HTTPS|FTP|ALL|NO)_PROXY|SSL_CERT_.*|SOURCE_DATE_EPOCH|USESHAREDCOMPILATION|PREFERREDUILANG)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex IsMachines();
}
