namespace MultiStage.Build;

/// <summary>The names of the pipeline's files under <c>obj/…/multistage/</c>.</summary>
internal static class PipelineFiles
{
    public const string Closure = "closure.json";

    public const string Restore = "restore.json";

    public const string Companions = "companions.json";

    public const string CompanionsFolder = "companions";

    public const string Project = "project.json";

    public const string Dockerfile = "Dockerfile";

    public const string Facts = "facts.json";

    /// <summary>The variant that a run is for.</summary>
    public const string Variant = "variant.json";

    /// <summary>What gives the project the variant's properties on this machine.</summary>
    public const string VariantTargets = "variant.targets";

    public const string Published = "published";

    public const string Plan = "plan.json";

    public const string Budgets = "budgets.json";

    public const string Baseline = "baseline.json";

    public const string Image = "image.json";

    /// <summary>The folder with a folder for each platform of an image for several.</summary>
    public const string Platforms = "platforms";

    public const string Tests = "tests.json";

    public const string Verification = "verification.json";

    public const string Pushed = "pushed.json";

    public const string Size = "size.json";

    public const string Page = "size.html";

    public const string Sarif = "size.sarif";

    public const string Summary = "size.md";

    public const string Breakdown = "breakdown.json";

    /// <summary>The exploration of variants.</summary>
    public const string Explore = "explore.json";

    public const string ExplorePage = "explore.html";
}
