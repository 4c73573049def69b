using Messages;

Console.WriteLine(Greeting.From("Mail"));
