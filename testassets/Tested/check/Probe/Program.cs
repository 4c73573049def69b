// Healthy where the app greets.
using var client = new HttpClient();
return await client.GetStringAsync("http://localhost:8080/") == "Hello, world." ? 0 : 1;
