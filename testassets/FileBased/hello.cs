#!/usr/bin/env dotnet
#:project Greetings
#:property PublishAot=false

Console.WriteLine(Greetings.Greeting.For("a file"));
