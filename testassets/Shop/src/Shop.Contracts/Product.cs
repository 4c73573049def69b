namespace Shop.Contracts;

/// <summary>Something that can be bought; its price is in euro.</summary>
public sealed class Product
{
    public Product(string sku, string name, decimal price, int weightInGrams)
    {
        Sku = sku;
        Name = name;
        Price = price;
        WeightInGrams = weightInGrams;
    }

    public string Sku { get; }

    public string Name { get; }

    public decimal Price { get; }

    public int WeightInGrams { get; }
}
