using Microsoft.VisualStudio.TestTools.UnitTesting;
using Shop.Catalog;
using Shop.Contracts;
using Shop.Orders;
using Shop.Pricing;
using Shop.Shipping;
using Shop.Storage;

namespace Shop.Web.Tests;

[TestClass]
public sealed class OrderDeskTests
{
    private readonly OrderDesk desk = NewDesk();

    [TestMethod]
    public void An_order_costs_its_products_and_their_delivery()
    {
        var confirmation = desk.Accept(Order("DE"));

        Assert.AreEqual(2 * 6.0m + 4.9m, confirmation.Total);
        Assert.AreEqual("Thank you, Ada: two pieces for 16.90 EUR, with you in 2 days.", confirmation.Receipt);
    }

    [TestMethod]
    public void An_order_to_an_unknown_country_is_refused() =>
        Assert.IsFalse(desk.Check(Order("XX")).IsValid);

    private static Order Order(string country) =>
        new() { Customer = "Ada", Country = country, Lines = [new OrderLine { Sku = "C-200", Quantity = 2 }] };

    private static OrderDesk NewDesk()
    {
        var catalog = new ProductCatalog(new ProductStore());
        var prices = new PriceList(catalog);
        var delivery = new DeliveryPlan(Path.Combine(AppContext.BaseDirectory, "data", "countries.json"));
        return new OrderDesk(new OrderValidator(catalog, prices, delivery), prices, delivery);
    }
}
