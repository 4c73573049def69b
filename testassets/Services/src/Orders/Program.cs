using Humanizer;
using Messages;

var app = WebApplication.Create(args);
app.MapGet("/", () => Greeting.From("Orders") + " It has " + "order".ToQuantity(2) + ".");
app.Run();
