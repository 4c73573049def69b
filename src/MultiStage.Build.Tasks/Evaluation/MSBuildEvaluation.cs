using Microsoft.Build.Execution;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tasks.Evaluation;

internal sealed class MSBuildEvaluation(ProjectInstance project) : IEvaluation
{
    public string FullPath => project.FullPath;

    public IEnumerable<string> Imports => project.ImportPaths;

    public IEnumerable<IEvaluatedItem> Items => project.Items.Select(item => new Item(item));

    public string Property(string name) => project.GetPropertyValue(name);

    public bool IsGiven(string property) => project.GlobalProperties.ContainsKey(property);

    private sealed class Item(ProjectItemInstance item) : IEvaluatedItem
    {
        public string Type => item.ItemType;

        public string Include => item.EvaluatedInclude;

        public string Metadata(string name) => item.GetMetadataValue(name);
    }
}
