using System.Reflection;
using Contracts;

var assembly = Assembly.GetExecutingAssembly();
var metadata = assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(item => item.Key, item => item.Value);

// What each input has become, one line each.
var answer = $"""
    library: {Contract.Framework}
    generated: {Generated.Text}
    optional: {Optional.Choice.Text}
    shared: {Common.Shared.Text}
    outer: {metadata["Outer"]}
    nearer: {metadata["Nearer"]}
    import: {metadata["OddlyNamed"]}
    tool: {metadata["Tool"]}
    proto: {Greet.Greeting.Descriptor.FullName}
    content: {string.Join(' ', Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "data"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllText).Select(text => text.Trim()))}
    key: {Convert.ToHexStringLower(assembly.GetName().GetPublicKeyToken()!)}
    """;

var app = WebApplication.CreateBuilder(args).Build();
app.MapStaticAssets();
app.MapGet("/", () => answer);
app.Run();
