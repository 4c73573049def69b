using MultiStage.Build.Diagnostics;

namespace MultiStage.Build.Tests;

/// <summary>Expectations about diagnostics.</summary>
internal static class Failure
{
    /// <summary>Fails the test unless an action ends with a diagnostic of a kind.</summary>
    /// <param name="descriptor">The kind.</param>
    /// <param name="action">The action.</param>
    /// <returns>The diagnostic.</returns>
    public static Diagnostic Of(DiagnosticDescriptor descriptor, Action action)
    {
        var diagnostic = Assert.ThrowsExactly<MultiStageException>(action).Diagnostic;
        Assert.AreEqual(descriptor.Code, diagnostic.Descriptor.Code, diagnostic.Message);
        return diagnostic;
    }
}
