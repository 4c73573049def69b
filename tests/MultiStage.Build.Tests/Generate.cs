using CsCheck;

namespace MultiStage.Build.Tests;

/// <summary>Generators that several properties share.</summary>
internal static class Generate
{
    /// <summary>One of some values.</summary>
    /// <typeparam name="T">Their type.</typeparam>
    /// <param name="values">The values.</param>
    /// <returns>A generator of them.</returns>
    public static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);
}
