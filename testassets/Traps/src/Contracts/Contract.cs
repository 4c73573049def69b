namespace Contracts;

public static class Contract
{
#if NET
    public static string Framework => "net";
#else
    public static string Framework => "netstandard";
#endif
}
