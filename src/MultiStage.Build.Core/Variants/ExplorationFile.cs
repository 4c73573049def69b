using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Variants;

internal static class ExplorationFile
{
    /// <summary>Finds what was explored before.</summary>
    /// <param name="paths">Where it may be.</param>
    /// <returns>The first that is there and can be read; null where there is none.</returns>
    public static Exploration? Find(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (File.Exists(path))
            {
                try
                {
                    return PipelineFile.Read<Exploration>(path, "ExploreMultiStageImages");
                }
                catch (MultiStageException)
                {
                    // Of another version: what was explored before spares work and is never needed.
                }
            }
        }

        return null;
    }
}
