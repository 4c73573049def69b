using FluentValidation.Results;
using Shop.Contracts;
using Shop.Notifications;
using Shop.Pricing;
using Shop.Shipping;

namespace Shop.Orders;

/// <summary>Accepts orders.</summary>
public sealed class OrderDesk(OrderValidator validator, PriceList prices, DeliveryPlan delivery)
{
    private int accepted;

    public ValidationResult Check(Order order) => validator.Validate(order);

    public Confirmation Accept(Order order)
    {
        var destination = delivery.To(order.Country) ?? throw new ArgumentException("The shop does not deliver there.", nameof(order));
        var total = prices.Total(order) + prices.Convert(destination.Costs, order.Currency);
        var number = $"{DateTime.UtcNow:yyyyMMdd}-{Interlocked.Increment(ref accepted):0000}";
        var receipt = Receipt.For(order, total, TimeSpan.FromDays(destination.Days));
        return new Confirmation(number, total, order.Currency, destination.Days, receipt);
    }
}
