namespace Shop.Contracts;

/// <summary>The answer to an order that was accepted.</summary>
public sealed class Confirmation
{
    public Confirmation(string number, decimal total, string currency, int daysUntilDelivery, string receipt)
    {
        Number = number;
        Total = total;
        Currency = currency;
        DaysUntilDelivery = daysUntilDelivery;
        Receipt = receipt;
    }

    public string Number { get; }

    public decimal Total { get; }

    public string Currency { get; }

    public int DaysUntilDelivery { get; }

    public string Receipt { get; }
}
