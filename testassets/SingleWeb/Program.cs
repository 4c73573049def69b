var app = WebApplication.Create(args);
app.MapGet("/", () => "Hello from a single project.");
app.Run();
