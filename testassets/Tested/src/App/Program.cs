using App;

var app = WebApplication.Create(args);
var broken = false;
app.MapGet("/", () => broken ? Results.StatusCode(503) : Results.Text(Greeter.Greet("world")));
app.MapGet("/healthz", () => broken ? Results.StatusCode(503) : Results.Ok());
app.MapGet("/break", () =>
{
    broken = true;
    File.Create("/tmp/broken").Dispose();
    return "broken";
});
app.Run();
