using System.Text.Json;

namespace Shop.Shipping;

/// <summary>Where the shop delivers to, how long it takes and what it costs.</summary>
public sealed class DeliveryPlan
{
    private readonly Dictionary<string, Destination> destinations;

    public DeliveryPlan(string countriesFile)
    {
        using var stream = File.OpenRead(countriesFile);
        destinations = JsonSerializer.Deserialize<Dictionary<string, Destination>>(stream, JsonSerializerOptions.Web) ?? [];
    }

    public IReadOnlyCollection<string> Countries => destinations.Keys;

    public Destination? To(string country) => destinations.GetValueOrDefault(country);
}

/// <summary>A country that the shop delivers to; the costs are in euro.</summary>
public sealed record Destination(string Name, int Days, decimal Costs);
