using System.Text;
using System.Xml.Linq;

namespace MultiStage.Build.Bench;

/// <summary>The Dockerfile that Visual Studio adds to a web project ("Add > Docker Support"), for any app.</summary>
internal static class Scaffold
{
    /// <summary>Writes the Dockerfile and the ignore file beside it into an app's folder.</summary>
    /// <param name="folder">The app's folder.</param>
    /// <param name="entry">The published project, relative to it.</param>
    /// <param name="packagesMount">Whether the restore keeps its packages in a cache mount, as is often advised.</param>
    public static void Write(string folder, string entry, bool packagesMount)
    {
        var (entryFolder, file) = (Path.GetDirectoryName(entry)!, Path.GetFileName(entry));
        // Every step that reads packages needs the mount: they are nowhere else.
        var mount = packagesMount ? "--mount=type=cache,id=multistage-bench-packages,target=/root/.nuget/packages " : "";
        var text = new StringBuilder(
            $"""
            FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
            USER $APP_UID
            WORKDIR /app
            EXPOSE 8080
            EXPOSE 8081

            FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
            ARG BUILD_CONFIGURATION=Release
            WORKDIR /src

            """
        );
        foreach (
            var shared in Directory
                .EnumerateFiles(folder, "*.props", SearchOption.AllDirectories)
                .Concat(Directory.EnumerateFiles(folder, "*.targets", SearchOption.AllDirectories))
                .Order(StringComparer.Ordinal)
        )
        {
            Copy(text, Path.GetRelativePath(folder, shared));
        }

        foreach (var project in Closure(folder, entry))
        {
            Copy(text, project);
        }

        text.Append(
            $"""
            RUN {mount}dotnet restore "./{entry}"
            COPY . .
            WORKDIR "/src/{entryFolder}"
            RUN {mount}dotnet build "./{file}" -c $BUILD_CONFIGURATION -o /app/build

            FROM build AS publish
            ARG BUILD_CONFIGURATION=Release
            RUN {mount}dotnet publish "./{file}" -c $BUILD_CONFIGURATION -o /app/publish /p:UseAppHost=false

            FROM base AS final
            WORKDIR /app
            COPY --from=publish /app/publish .
            ENTRYPOINT ["dotnet", "{Path.ChangeExtension(file, ".dll")}"]

            """
        );
        File.WriteAllText(Path.Combine(folder, "Dockerfile"), text.ToString());
        File.WriteAllText(
            Path.Combine(folder, ".dockerignore"),
            "**/.dockerignore\n**/.git\n**/.vs\n**/bin\n**/obj\n**/Dockerfile*\n**/node_modules\n"
        );
    }

    private static void Copy(StringBuilder text, string file) =>
        text.Append($"COPY [\"{file}\", \"{(Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent + "/" : ".")}\"]\n");

    /// <summary>The published project and those that it references, directly or not.</summary>
    /// <param name="folder">The app's folder.</param>
    /// <param name="entry">The published project, relative to it.</param>
    /// <returns>Paths relative to the folder, the published project's first.</returns>
    public static IEnumerable<string> Closure(string folder, string entry)
    {
        // The references by name, as the tool writes them.
        var met = new SortedSet<string>(StringComparer.Ordinal);
        Visit(entry);
        return met.Where(project => project != entry).Prepend(entry);

        void Visit(string project)
        {
            if (!met.Add(project))
            {
                return;
            }

            var parent = Path.GetDirectoryName(project)!;
            foreach (
                var reference in XDocument
                    .Load(Path.Combine(folder, project))
                    .Descendants("ProjectReference")
                    .Select(item => item.Attribute("Include")!.Value)
            )
            {
                Visit(Path.GetRelativePath(folder, Path.GetFullPath(Path.Combine(folder, parent, reference.Replace('\\', '/')))));
            }
        }
    }
}
