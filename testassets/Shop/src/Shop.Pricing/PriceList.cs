using System.Text.Json;
using Shop.Catalog;
using Shop.Contracts;

namespace Shop.Pricing;

/// <summary>What an order costs, in the customer's currency.</summary>
public sealed class PriceList(ProductCatalog catalog)
{
    private readonly Dictionary<string, decimal> rates = ReadRates();

    public bool Accepts(string currency) => rates.ContainsKey(currency);

    public decimal Total(Order order) =>
        Convert(order.Lines.Sum(line => (catalog.Find(line.Sku)?.Price ?? 0) * line.Quantity), order.Currency);

    public decimal Convert(decimal euro, string currency) => decimal.Round(euro * rates[currency], 2);

    private static Dictionary<string, decimal> ReadRates()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("currencies.json")
            ?? throw new InvalidOperationException("currencies.json is not in the assembly.");
        return JsonSerializer.Deserialize<Dictionary<string, decimal>>(stream) ?? [];
    }
}
