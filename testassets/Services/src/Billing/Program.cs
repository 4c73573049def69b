using Messages;

var app = WebApplication.Create(args);
app.MapGet("/", () => Greeting.From("Billing"));
app.Run();
