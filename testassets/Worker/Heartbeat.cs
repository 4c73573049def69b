namespace Worker;

public sealed class Heartbeat(ILogger<Heartbeat> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var beat = 1; !stoppingToken.IsCancellationRequested; beat++)
        {
            logger.LogInformation("Heartbeat {Beat} of the worker", beat);
            await Task.Delay(TimeSpan.FromSeconds(5), stoppingToken);
        }
    }
}
