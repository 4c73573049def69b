using System.Text.Json.Nodes;
using MultiStage.Build.EndToEnd.Harness;

namespace MultiStage.Build.EndToEnd.Parity;

/// <summary>Every project's image is configured, field by field, as the .NET SDK's own <c>PublishContainer</c> configures it.</summary>
[TestClass]
public sealed class ParityWithPublishContainer
{
    // The only ones that may differ: when the image was made, and from which build of the base image, which the daemon chooses.
    private static readonly string[] LabelsOfTheBuild =
    [
        "org.opencontainers.image.created",
        "org.opencontainers.artifact.created",
        "org.opencontainers.image.base.digest",
    ];

    private static readonly Workspace s_workspace = new();
    private static readonly ParityImages s_images = new(s_workspace);

    public static IEnumerable<TestDataRow<string>> Rows =>
        ParityRow.All.Select(row => new TestDataRow<string>(row.Name) { DisplayName = row.Name });

    [ClassInitialize]
    public static async Task Make(TestContext _)
    {
        try
        {
            await s_images.MakeAsync();
        }
        catch
        {
            s_workspace.KeepLogs(nameof(ParityWithPublishContainer));
            throw;
        }
    }

    [ClassCleanup]
    public static async Task Remove() => await s_workspace.DisposeAsync();

    [TestMethod]
    [DynamicData(nameof(Rows))]
    public async Task The_image_is_the_one_that_the_SDK_makes(string name)
    {
        var row = ParityRow.All.Single(r => r.Name == name);

        Assert.Contains($"\nFROM {s_images.InferredBase(row)} AS runtime\n", s_images.Dockerfile(row));
        var (theirs, ours) = (Comparable(await s_images.TheirsAsync(row)), Comparable(s_images.Ours(row)));
        Assert.AreEqual(theirs, ours, $"{s_images.Dockerfile(row)}");
    }

    [TestMethod]
    public void The_table_holds_what_makes_images_differ()
    {
        var bases = ParityRow.All.Select(s_images.InferredBase).Distinct(StringComparer.Ordinal).ToList();

        Assert.IsGreaterThan(150, ParityRow.All.Count);
        Assert.IsGreaterThan(12, bases.Count, string.Join(' ', bases));
    }

    // Fields that are empty are left out by one and written by the other, and mean the same.
    private static string Comparable(JsonNode config)
    {
        var fields = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in config.AsObject())
        {
            var text = value switch
            {
                JsonObject map => string.Join(
                    '\n',
                    map.Where(pair => !LabelsOfTheBuild.Contains(pair.Key))
                        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
                        .Select(pair => $"    {pair.Key} = {pair.Value?.ToJsonString()}")
                ),
                JsonArray list => string.Join('\n', list.Select(item => $"    {item?.ToJsonString()}")),
                _ => value?.ToString() ?? "",
            };

            // BuildKit writes ArgsEscaped for every ENTRYPOINT and CMD; the OCI specification has it for Windows alone, as deprecated.
            if (text.Length > 0 && name != "ArgsEscaped")
            {
                fields[name] = text;
            }
        }

        return string.Join('\n', fields.Select(field => $"{field.Key}\n{field.Value}"));
    }
}
