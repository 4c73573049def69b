using System.Collections.Generic;

namespace Shop.Contracts;

/// <summary>What a customer asks for.</summary>
public sealed class Order
{
    public string Customer { get; set; } = "";

    public string Country { get; set; } = "";

    public string Currency { get; set; } = "EUR";

    public IList<OrderLine> Lines { get; set; } = new List<OrderLine>();
}

/// <summary>One product of an order, and how many of it.</summary>
public sealed class OrderLine
{
    public string Sku { get; set; } = "";

    public int Quantity { get; set; }
}
