namespace MultiStage.Build.Reporting.Ci;

/// <summary>The systems that run builds and show what a build says of itself.</summary>
internal enum BuildServer
{
    /// <summary>A person's machine, or a system that is not known.</summary>
    None,

    /// <summary>GitHub Actions: <c>GITHUB_ACTIONS=true</c>.</summary>
    GitHubActions,

    /// <summary>Azure Pipelines: <c>TF_BUILD=True</c>.</summary>
    AzurePipelines,

    /// <summary>GitLab CI: <c>GITLAB_CI=true</c>.</summary>
    GitLab,
}
