using System.Formats.Tar;
using System.Globalization;

namespace MultiStage.Build.Bench;

/// <summary>One way from sources to something that runs. Each works on a copy of the app of its own.</summary>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Work">The folder that it may fill.</param>
internal abstract record Contender(string Name, string Work)
{
    private string? _image;

    /// <summary>Its copy of the app.</summary>
    public string Folder => Path.Combine(Work, "app");

    /// <summary>Where its restores on the host put packages; nobody else's are used or touched.</summary>
    protected string Packages => Path.Combine(Work, "packages");

    /// <summary>Makes ready what is no part of any measurement.</summary>
    /// <param name="app">The app, which lies in <see cref="Folder"/>.</param>
    public abstract void Prepare(App app);

    /// <summary>Builds.</summary>
    /// <param name="app">The app.</param>
    public abstract void Build(App app);

    /// <summary>Builds another project of the app from now on.</summary>
    /// <param name="app">The app, with that project.</param>
    public virtual void TurnTo(App app) { }

    /// <summary>Commits everything that is there.</summary>
    public void Commit()
    {
        if (!Directory.Exists(Path.Combine(Folder, ".git")))
        {
            Command.Run(Folder, "git", "init", "--quiet");
            File.AppendAllText(Path.Combine(Folder, ".gitignore"), "\nbin/\nobj/\npublished/\n");
        }

        Command.Run(Folder, "git", "add", "--all");
        Command.Run(Folder, "git", "-c", "user.name=Bench", "-c", "user.email=bench@example.com", "commit", "--quiet", "--message", "Edit");
    }

    /// <summary>Makes sure that the next build finds nothing that an earlier one left: no output, no package, no layer.</summary>
    /// <param name="app">The app.</param>
    public abstract void MakeCold(App app);

    /// <summary>Reads a file of what was built.</summary>
    /// <param name="app">The app.</param>
    /// <param name="name">The file's name, without a folder.</param>
    /// <returns>Its content; null where there is no such file.</returns>
    public abstract byte[]? Read(App app, string name);

    /// <summary>The image's size as the daemon counts it, the same way for each; null where no image is built.</summary>
    /// <returns>Bytes.</returns>
    public virtual long? ImageBytes() => null;

    /// <summary>Removes what it made outside its folder.</summary>
    public virtual void CleanUp() { }

    /// <summary>A comment in the project makes its restore new in every Dockerfile, and all that comes after it.</summary>
    /// <param name="app">The app.</param>
    protected void MakeRestoreNew(App app) => File.AppendAllText(Path.Combine(Folder, app.Entry), $"<!-- {Guid.NewGuid():N} -->\n");

    /// <summary>Removes what builds on the host left.</summary>
    protected void CleanHost()
    {
        foreach (
            var folder in Directory
                .EnumerateDirectories(Folder, "*", SearchOption.AllDirectories)
                .Where(folder => Path.GetFileName(folder) is "bin" or "obj" or "published")
                .ToList()
        )
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        if (Directory.Exists(Packages))
        {
            Directory.Delete(Packages, recursive: true);
        }
    }

    /// <summary>Reads a file below <c>/app</c> of an image, and removes the one that was read before: its name has gone to this
    /// one.</summary>
    /// <param name="image">The image.</param>
    /// <param name="name">The file's name.</param>
    /// <returns>Its content; null where there is none.</returns>
    protected byte[]? ReadFromImage(string image, string name)
    {
        var id = Inspect(image, "{{.Id}}");
        if (_image is not null && _image != id)
        {
            Command.Try(Work, "docker", "image", "rm", _image);
        }

        _image = id;
        var container = Command.Run(Work, "docker", "create", image, "nothing-runs").Trim();
        var copy = Path.Combine(Work, "copy.tar");
        try
        {
            Command.Run(Work, "sh", "-c", $"docker cp {container}:/app/ - >'{copy}'");
        }
        finally
        {
            Command.Run(Work, "docker", "rm", container);
        }

        using var tar = new TarReader(File.OpenRead(copy));
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data && entry.Name == $"app/{name}")
            {
                var content = new byte[data.Length];
                data.ReadExactly(content);
                return content;
            }
        }

        return null;
    }

    /// <summary>The size of an image on the daemon.</summary>
    /// <param name="image">The image.</param>
    /// <returns>Bytes.</returns>
    protected long SizeOf(string image) => long.Parse(Inspect(image, "{{.Size}}"), CultureInfo.InvariantCulture);

    private string Inspect(string image, string format) =>
        Command.Run(Work, "docker", "image", "inspect", "--format", format, image).Trim();
}
