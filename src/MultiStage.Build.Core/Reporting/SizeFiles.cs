using MultiStage.Build.Diagnostics;
using MultiStage.Build.Measurement;
using MultiStage.Build.Measurement.Files;

namespace MultiStage.Build.Reporting;

/// <summary>A report as <c>size.json</c>, with <c>breakdown.json</c> beside it where the image's files are known.</summary>
internal static class SizeFiles
{
    /// <exception cref="MultiStageException"><see cref="Codes.PipelineFileUnusable"/>.</exception>
    /// <returns>The report, with the breakdown where there is one.</returns>
    public static SizeReport Read(string folder)
    {
        var (size, breakdown) = (Path.Combine(folder, PipelineFiles.Size), Path.Combine(folder, PipelineFiles.Breakdown));
        var report = SizeJson.Read(PipelineFile.ReadText(size, "MeasureMultiStageImage"), size);
        return File.Exists(breakdown)
            ? report with
            {
                Measured = report.Measured with
                {
                    Breakdown = BreakdownJson.Read(PipelineFile.ReadText(breakdown, "MeasureMultiStageImage"), breakdown),
                },
            }
            : report;
    }

    /// <summary>Finds what was measured before with all its files.</summary>
    /// <param name="folder">The folder of the files, which several runs may have written.</param>
    /// <returns>What was measured; null where nothing was, or what was written is of another version, or the two files are of two
    /// images.</returns>
    public static MeasuredImage? Find(string folder)
    {
        try
        {
            return Read(folder).Measured is { Breakdown: { } files } measured && files.ImageId == measured.Sizes.ImageId ? measured : null;
        }
        catch (MultiStageException)
        {
            // What was measured before spares work and is never needed.
            return null;
        }
    }

    /// <summary>Writes a report of a run, and copies for people.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public static void Write(PipelineRun run, SizeReport report)
    {
        Write(run.Folder, report);
        Write(run.Shared, report);
    }

    /// <summary>Writes a report. An older breakdown is removed where this report has none.</summary>
    /// <exception cref="MultiStageException"><see cref="Codes.FileNotWritten"/>.</exception>
    public static void Write(string folder, SizeReport report)
    {
        var breakdown = Path.Combine(folder, PipelineFiles.Breakdown);
        if (report.Measured.Breakdown is { } files)
        {
            PipelineFile.WriteText(breakdown, BreakdownJson.Write(files));
        }
        else
        {
            File.Delete(breakdown);
        }

        PipelineFile.WriteText(Path.Combine(folder, PipelineFiles.Size), SizeJson.Write(report));
    }
}
