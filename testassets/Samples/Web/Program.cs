var app = WebApplication.Create(args);
app.MapGet("/", () => "Hello from the sample.");
app.Run();
