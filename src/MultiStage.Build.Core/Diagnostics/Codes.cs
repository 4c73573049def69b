namespace MultiStage.Build.Diagnostics;

/// <summary>
/// Every diagnostic of the package: <c>1xxx</c> project facts and input, <c>2xxx</c> stages and Dockerfile, <c>3xxx</c> engines,
/// <c>4xxx</c> budgets, <c>5xxx</c> verification. A code is never reused for another meaning. A file holds each thousand, or a subject.
/// </summary>
public static partial class Codes
{
    /// <summary>Every descriptor, in the order of their codes.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All =>
        field ??= [
            // When it is first asked for: the fields of the other files are set in no given order.
            .. typeof(Codes)
                .GetFields(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Static)
                .Select(constant => constant.GetValue(null))
                .OfType<DiagnosticDescriptor>()
                .OrderBy(d => d.Code, StringComparer.Ordinal),
        ];
}
