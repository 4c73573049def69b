using FluentValidation;
using Shop.Catalog;
using Shop.Contracts;
using Shop.Pricing;
using Shop.Shipping;

namespace Shop.Orders;

/// <summary>What an order must be like before it is accepted.</summary>
public sealed class OrderValidator : AbstractValidator<Order>
{
    public OrderValidator(ProductCatalog catalog, PriceList prices, DeliveryPlan delivery)
    {
        RuleFor(order => order.Customer).NotEmpty();
        RuleFor(order => order.Currency).Must(prices.Accepts).WithMessage("This currency is not accepted.");
        RuleFor(order => order.Country).Must(country => delivery.To(country) is not null).WithMessage("The shop does not deliver there.");
        RuleFor(order => order.Lines).NotEmpty();
        RuleForEach(order => order.Lines).Must(line => catalog.Find(line.Sku) is not null).WithMessage("There is no such product.");
        RuleForEach(order => order.Lines).Must(line => line.Quantity > 0).WithMessage("The quantity must be positive.");
    }
}
