using Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddHostedService<Heartbeat>();

await builder.Build().RunAsync();
