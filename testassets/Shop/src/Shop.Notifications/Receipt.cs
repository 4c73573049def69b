using System.Globalization;
using Humanizer;
using Shop.Contracts;

namespace Shop.Notifications;

/// <summary>What the customer reads after buying.</summary>
public static class Receipt
{
    public static string For(Order order, decimal total, TimeSpan delivery)
    {
        var pieces = "piece".ToQuantity(order.Lines.Sum(line => line.Quantity), ShowQuantityAs.Words);
        var price = total.ToString("0.00", CultureInfo.InvariantCulture);
        return $"Thank you, {order.Customer}: {pieces} for {price} {order.Currency}, with you in {delivery.Humanize()}.";
    }
}
