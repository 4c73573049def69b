namespace MultiStage.Build.Tests.Dockerfiles.Injection;

/// <summary>An instruction as <see cref="SecondReader"/> reads it.</summary>
/// <param name="Keyword">Its keyword, in upper case.</param>
/// <param name="Arguments">What follows the keyword, with continued lines joined.</param>
/// <param name="Documents">The texts of its here-documents.</param>
internal sealed record ReadInstruction(string Keyword, string Arguments, List<string> Documents)
{
    /// <summary>The flags in front of the arguments, which end at a blank.</summary>
    public List<string> Flags => [.. Words().TakeWhile(word => word.StartsWith("--", StringComparison.Ordinal))];

    /// <summary>The words behind the flags.</summary>
    public List<string> Operands => [.. Words().SkipWhile(word => word.StartsWith("--", StringComparison.Ordinal))];

    private string[] Words() => Arguments.Split([' ', '\t', '\v', '\f', '\r'], StringSplitOptions.RemoveEmptyEntries);
}
