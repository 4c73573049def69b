using Greeter;

Console.WriteLine(Greeting.For(args.FirstOrDefault() ?? "container"));
