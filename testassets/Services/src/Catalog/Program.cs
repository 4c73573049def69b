using Messages;

var app = WebApplication.Create(args);
app.MapStaticAssets();
app.MapGet("/", () => Greeting.From("Catalog"));
app.Run();
