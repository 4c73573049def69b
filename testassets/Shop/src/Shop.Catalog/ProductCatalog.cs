using Shop.Contracts;
using Shop.Storage;

namespace Shop.Catalog;

/// <summary>Finds products.</summary>
public sealed class ProductCatalog(ProductStore store)
{
    private readonly Dictionary<string, Product> bySku =
        store.Products.ToDictionary(product => product.Sku, StringComparer.OrdinalIgnoreCase);

    public int Count => bySku.Count;

    public IEnumerable<Product> Search(string? text) =>
        bySku.Values
            .Where(product => string.IsNullOrEmpty(text) || product.Name.Contains(text, StringComparison.OrdinalIgnoreCase))
            .OrderBy(product => product.Name, StringComparer.Ordinal);

    public Product? Find(string sku) => bySku.GetValueOrDefault(sku);
}
