using Messages;

return Greeting.From("test") == "Hello from test." ? 0 : 1;
