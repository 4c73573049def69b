namespace Messages;

public static class Greeting
{
    public static string From(string service) => $"Hello from {service}.";
}
