using System.Collections.Immutable;

namespace MultiStage.Build.Measurement.Layers;

/// <summary>The file system that a container sees, put together layer by layer, and what each layer takes out of sight.</summary>
internal sealed class ImageTree
{
    private readonly Node _root = new();
    private readonly int _baseLayers;
    private readonly List<WastedFile> _wasted = [];
    private int _layer = -1;

    private ImageTree(int baseLayers) => _baseLayers = baseLayers;

    /// <summary>What no container sees, ordered by path and layer. What the base image's own layers hide from each other is not the app's
    /// doing and left out.</summary>
    public ImmutableArray<WastedFile> Wasted => [.. _wasted.OrderBy(file => file.Path, StringComparer.Ordinal).ThenBy(file => file.Layer)];

    /// <summary>Puts layers together.</summary>
    /// <param name="layers">The entries of each layer, lowest first.</param>
    /// <param name="baseLayers">How many of them are the base image's.</param>
    public static ImageTree Of(IEnumerable<IReadOnlyList<LayerEntry>> layers, int baseLayers)
    {
        var tree = new ImageTree(baseLayers);
        foreach (var layer in layers)
        {
            tree.Add(layer);
        }

        return tree;
    }

    /// <summary>The files that are seen and that the base image does not have, ordered by path. The first name of several has the
    /// bytes.</summary>
    /// <returns>Each file with the layer it lies in.</returns>
    public IEnumerable<(string Path, long Bytes, int Layer, FileContent? Content)> AppFiles()
    {
        var counted = new HashSet<Content>(ReferenceEqualityComparer.Instance);
        return All(_root, "")
            .Where(file => file.Content.Layer >= _baseLayers)
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .Select(file => (file.Path, counted.Add(file.Content) ? file.Content.Bytes : 0, file.Content.Layer, file.Content.Inside));
    }

    // What a layer hides lies below it, wherever in its tar the whiteout stands (OCI image specification, layer.md).
    private void Add(IReadOnlyList<LayerEntry> entries)
    {
        _layer++;
        foreach (var entry in entries)
        {
            if (entry.Kind == LayerEntryKind.Whiteout && Find(entry.Path) is { } hidden)
            {
                Hide(hidden, entry.Path, WasteKind.Deleted);
            }
            else if (entry.Kind == LayerEntryKind.Opaque && Find(entry.Path) is { } folder)
            {
                HideChildren(folder, entry.Path, WasteKind.Deleted);
            }
        }
        foreach (var entry in entries)
        {
            if (entry.Kind is LayerEntryKind.File or LayerEntryKind.HardLink or LayerEntryKind.Folder)
            {
                Put(entry);
            }
        }
    }

    private void Put(LayerEntry entry)
    {
        if (entry.Kind == LayerEntryKind.Folder)
        {
            MakeFolder(entry.Path);
            return;
        }
        var content =
            entry.Kind == LayerEntryKind.File
                ? new Content(entry.Bytes, _layer, entry.Content)
                : Find(entry.Target!)?.Content ?? new Content(0, _layer, null);
        var node = NodeAt(entry.Path);
        // Another name for what is there already changes nothing.
        if (ReferenceEquals(node.Content, content))
        {
            return;
        }

        content.Names++;
        Hide(node, entry.Path, WasteKind.Overwritten);
        node.Content = content;
    }

    private void MakeFolder(string path)
    {
        var node = NodeAt(path);
        if (node.Content is not null)
        {
            Release(node, path, WasteKind.Overwritten);
        }
    }

    private void Hide(Node node, string path, WasteKind how)
    {
        HideChildren(node, path, how);
        Release(node, path, how);
    }

    private void HideChildren(Node node, string path, WasteKind how)
    {
        if (node.Children is null)
        {
            return;
        }

        foreach (var (name, child) in node.Children)
        {
            Hide(child, path == "/" ? "/" + name : $"{path}/{name}", how);
        }

        node.Children = null;
    }

    // A file is out of sight when its last name is.
    private void Release(Node node, string path, WasteKind how)
    {
        if (node.Content is not { } content)
        {
            return;
        }

        node.Content = null;
        if (--content.Names == 0 && content.Bytes > 0 && _layer >= _baseLayers)
        {
            _wasted.Add(new WastedFile(path, content.Bytes, content.Layer, _layer, how));
        }
    }

    private Node? Find(string path)
    {
        var node = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (node.Children is null || !node.Children.TryGetValue(name, out node!))
            {
                return null;
            }
        }
        return node;
    }

    private Node NodeAt(string path)
    {
        var node = _root;
        foreach (var name in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            node.Children ??= new(StringComparer.Ordinal);
            if (!node.Children.TryGetValue(name, out var child))
            {
                node.Children.Add(name, child = new());
            }

            node = child;
        }
        return node;
    }

    private static IEnumerable<(string Path, Content Content)> All(Node node, string path)
    {
        var pending = new Stack<(Node Node, string Path)>([(node, path)]);
        while (pending.TryPop(out var next))
        {
            if (next.Node.Content is { } content)
            {
                yield return (next.Path, content);
            }

            foreach (var (name, child) in next.Node.Children ?? [])
            {
                pending.Push((child, $"{next.Path}/{name}"));
            }
        }
    }

    private sealed class Node
    {
        public Dictionary<string, Node>? Children { get; set; }

        public Content? Content { get; set; }
    }

    private sealed class Content(long bytes, int layer, FileContent? inside)
    {
        public long Bytes { get; } = bytes;

        public int Layer { get; } = layer;

        public FileContent? Inside { get; } = inside;

        public int Names { get; set; }
    }
}
