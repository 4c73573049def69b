Console.WriteLine($"Hello from {AppContext.TargetFrameworkName}.");
