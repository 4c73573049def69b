using System.Globalization;
using MultiStage.Build.Pipeline;
using MultiStage.Build.Reporting;
using TaskItem = Microsoft.Build.Utilities.TaskItem;

namespace MultiStage.Build.Tasks;

/// <summary>The item that tells scripts of the image: the metadata that the .NET SDK's own has, and more.</summary>
internal static class ContainerItem
{
    /// <summary>Makes the item.</summary>
    /// <param name="image">The image.</param>
    /// <param name="size">Its size.</param>
    /// <param name="others">Further metadata, by name.</param>
    /// <returns>The item.</returns>
    public static TaskItem Of(BuiltImage image, SizeReport size, params (string Name, string Value)[] others)
    {
        var item = new TaskItem("GeneratedContainer");
        item.SetMetadata("ImageId", image.ImageId);
        item.SetMetadata("Names", string.Join(';', image.Names));
        item.SetMetadata("Stage", image.Stage);
        item.SetMetadata("Size", size.Sizes.Total.ToString(CultureInfo.InvariantCulture));
        item.SetMetadata("AppSize", size.Sizes.AppBytes?.ToString(CultureInfo.InvariantCulture) ?? "");
        foreach (var (name, value) in others)
        {
            item.SetMetadata(name, value);
        }

        return item;
    }
}
