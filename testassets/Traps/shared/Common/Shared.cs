namespace Common;

internal static class Shared
{
    public const string Text = "from a shared project";
}
