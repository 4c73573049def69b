using Shop.Catalog;
using Shop.Contracts;
using Shop.Orders;
using Shop.Pricing;
using Shop.Shipping;
using Shop.Storage;
using Shop.Web;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHealthChecks();
builder.Services.AddSingleton<ProductStore>();
builder.Services.AddSingleton<ProductCatalog>();
builder.Services.AddSingleton<PriceList>();
builder.Services.AddSingleton(new DeliveryPlan(Path.Combine(AppContext.BaseDirectory, "data", "countries.json")));
builder.Services.AddSingleton<OrderValidator>();
builder.Services.AddSingleton<OrderDesk>();

var app = builder.Build();
app.UseStaticFiles();
app.MapHealthChecks("/health");

app.MapGet("/", (ProductCatalog catalog, IConfiguration configuration) =>
    new { Greeting = configuration["Shop:Greeting"], Products = catalog.Count });
app.MapGet("/products", (ProductCatalog catalog, string? search) => catalog.Search(search));
app.MapGet("/countries", (DeliveryPlan delivery) => delivery.Countries);
app.MapGet("/version", () => BuildVersion.Current);
app.MapPost("/orders", (Order order, OrderDesk desk) =>
    desk.Check(order) is { IsValid: false } faults
        ? Results.ValidationProblem(faults.ToDictionary())
        : Results.Ok(desk.Accept(order)));

app.Run();
