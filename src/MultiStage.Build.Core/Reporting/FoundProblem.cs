using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Reporting;

/// <summary>A diagnostic of the size gate, at its place in the repository.</summary>
/// <param name="Path">The file, relative to the repository's root, with forward slashes.</param>
/// <param name="Line">The line, from 1; 0 where none is known.</param>
/// <param name="Column">The column, from 1; 0 where none is known.</param>
/// <param name="Subject">What it is about beside its code: the budget's property, and the name of a path's or stage's budget.</param>
internal sealed record FoundProblem(Diagnostic Diagnostic, string Path, int Line, int Column, string Subject)
{
    /// <summary>Whether it fails the build.</summary>
    public bool IsError => Diagnostic.Descriptor.Severity == DiagnosticSeverity.Error;

    /// <summary>
    /// The same from build to build for the same problem: made of its code, its subject and its file, and not of sizes, lines or wording,
    /// so that systems that compare two reports see one problem and not two.
    /// </summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(
                System.Text.Encoding.UTF8.GetBytes($"{Diagnostic.Descriptor.Code}\n{Subject}\n{Path}")
            )
        )[..32];
}
