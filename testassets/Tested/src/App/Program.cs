using App;

var app = WebApplication.Create(args);
var broken = false;
app.MapGet("/", () => Greeter.Greet("world"));
app.MapGet("/healthz", () => broken ? Results.StatusCode(503) : Results.Ok());
app.MapPost("/break", () => { broken = true; });
app.Run();
