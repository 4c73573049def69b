using System.Collections.Immutable;
using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Stages.Items;

/// <summary>Orders stages as a Dockerfile needs them: each behind those it takes from, and otherwise as the project has them.</summary>
internal sealed class StageOrder
{
    private readonly ImmutableArray<Stage> _stages;
    private readonly Dictionary<string, string> _after;
    private readonly ImmutableArray<ProjectItem> _items;
    private readonly List<Stage> _sorted = [];
    private readonly List<string> _path = [];

    private StageOrder(ImmutableArray<Stage> stages, ImmutableArray<ProjectItem> items, StageNames names)
    {
        (_stages, _items) = (stages, items);
        _after = items
            .Where(item => item["After"].Trim().Length > 0)
            .ToDictionary(item => item.Include, item => names.Stage(item, "After"), StringComparer.Ordinal);
    }

    /// <param name="items">The <c>ContainerStage</c> items, for what <c>After</c> says and for messages.</param>
    /// <param name="final">The generated final stage, which only what waits for it comes behind; null where there is none.</param>
    /// <exception cref="MultiStageException"><see cref="Codes.StageCycle"/>, <see cref="Codes.StageNotFound"/>.</exception>
    public static ImmutableArray<Stage> Sort(
        ImmutableArray<Stage> stages,
        ImmutableArray<ProjectItem> items,
        StageNames names,
        string? final
    )
    {
        var order = new StageOrder(stages, items, names);
        foreach (var stage in stages.OrderBy(stage => final is not null && stage.Name != final && order.WaitsFor(stage, final, []) ? 1 : 0))
        {
            order.Visit(stage);
        }

        return [.. order._sorted];
    }

    private void Visit(Stage stage)
    {
        if (_sorted.Contains(stage))
        {
            return;
        }

        var met = _path.IndexOf(stage.Name);
        if (met >= 0)
        {
            List<string> circle = [.. _path[met..], stage.Name];
            // A generated stage has no item, so the error is at an item of another stage in the cycle.
            var item = _items.Where(item => circle.Contains(item.Include)).Select(item => (ProjectItem?)item).FirstOrDefault();
            var diagnostic = Codes.StageCycle.With(string.Join(" → ", circle));
            throw new MultiStageException(
                item is null ? diagnostic with { About = "ContainerStep" } : diagnostic with { About = item.Type, Item = item }
            );
        }

        _path.Add(stage.Name);
        foreach (var needed in Needed(stage))
        {
            Visit(needed);
        }

        _path.RemoveAt(_path.Count - 1);
        _sorted.Add(stage);
    }

    private bool WaitsFor(Stage stage, string name, HashSet<string> met) =>
        met.Add(stage.Name) && Needed(stage).Any(needed => needed.Name == name || WaitsFor(needed, name, met));

    private IEnumerable<Stage> Needed(Stage stage) =>
        stage
            .Sources()
            .Select(source => source.Name)
            .Concat(_after.TryGetValue(stage.Name, out var after) ? [after] : [])
            .Select(name => _stages.FirstOrDefault(other => other.Name == name))
            .OfType<Stage>();
}
