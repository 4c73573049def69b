using Microsoft.CodeAnalysis;

namespace Generator;

[Generator]
public sealed class TextGenerator : IIncrementalGenerator
{
    public void Initialize(IncrementalGeneratorInitializationContext context) =>
        context.RegisterPostInitializationOutput(output =>
            output.AddSource("Generated.g.cs", "internal static class Generated { public const string Text = \"by a generator\"; }"));
}
