using Newtonsoft.Json;
using Shop.Contracts;

namespace Shop.Storage;

/// <summary>The products, as they are shipped with the shop.</summary>
public sealed class ProductStore
{
    public IReadOnlyList<Product> Products { get; } = Read();

    private static Product[] Read()
    {
        using var stream = typeof(ProductStore).Assembly.GetManifestResourceStream("products.json")
            ?? throw new InvalidOperationException("products.json is not in the assembly.");
        using var reader = new JsonTextReader(new StreamReader(stream));
        return JsonSerializer.CreateDefault().Deserialize<Product[]>(reader) ?? [];
    }
}
