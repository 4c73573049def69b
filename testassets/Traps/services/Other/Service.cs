namespace Other;

public sealed class Service;
