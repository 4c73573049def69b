namespace Optional;

public static class Choice
{
    public static string Text => "chosen";
}
