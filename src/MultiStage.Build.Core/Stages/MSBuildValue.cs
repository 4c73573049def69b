using System.Globalization;
using System.Text;

namespace MultiStage.Build.Stages;

/// <summary>Writes a property's value for MSBuild's command line.</summary>
internal static class MSBuildValue
{
    /// <summary>Escapes what the command line would split, strip or decode, and what would end a line or be invisible.</summary>
    /// <returns>What the command line reads as that value. Source:
    /// https://learn.microsoft.com/visualstudio/msbuild/msbuild-special-characters</returns>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder();
        foreach (var c in value)
        {
            _ =
                c is '%' or '"' or ';' or ',' || (c != '\t' && char.IsAscii(c) && char.IsControl(c))
                    ? escaped.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}")
                    : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
