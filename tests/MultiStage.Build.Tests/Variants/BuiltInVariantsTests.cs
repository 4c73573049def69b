using MultiStage.Build.Variants;

namespace MultiStage.Build.Tests.Variants;

/// <summary>Which variants of an image make sense, and what they set.</summary>
[TestClass]
public sealed class BuiltInVariantsTests
{
    [TestMethod]
    public void A_web_app_on_a_full_base_image_has_them_all_but_those_that_find_nothing_to_leave_out() =>
        Assert.AreEqual(
            """
            native-invariant: ContainerFamily=noble-chiseled; InvariantGlobalization=true; PublishAot=true
            native: ContainerFamily=noble-chiseled-extra; PublishAot=true
            trimmed-invariant: ContainerFamily=noble-chiseled; InvariantGlobalization=true; PublishTrimmed=true
            trimmed: ContainerFamily=noble-chiseled-extra; PublishTrimmed=true
            single-file: ContainerFamily=noble-chiseled-extra; PublishSingleFile=true; PublishTrimmed=true
            chiseled: ContainerFamily=noble-chiseled; InvariantGlobalization=true
            chiseled-extra: ContainerFamily=noble-chiseled-extra
            alpine: ContainerFamily=alpine; InvariantGlobalization=true
            self-contained: ContainerFamily=noble-chiseled-extra; SelfContained=true
            ready-to-run: ContainerFamily=noble-chiseled-extra; PublishReadyToRun=true
            """,
            Of(Project())
        );

    [TestMethod]
    public void Languages_and_symbols_are_left_out_where_the_image_has_some()
    {
        var text = Of(Project() with { HasLanguages = true, HasSymbols = true });

        Assert.EndsWith(
            "languages: SatelliteResourceLanguages=en\n"
                + "no-symbols: AllowedReferenceRelatedFileExtensions=.xml;.pri;.dll.config;.exe.config; DebugType=none",
            text
        );
    }

    [TestMethod]
    public void An_app_that_needs_no_cultures_is_tried_on_the_images_without_them()
    {
        var text = Of(Project(("InvariantGlobalization", "true")));

        Assert.DoesNotContain("extra", text);
        Assert.DoesNotContain("native-invariant", text);
        Assert.Contains("native: ContainerFamily=noble-chiseled; PublishAot=true", text);
    }

    [TestMethod]
    public void A_base_image_that_the_project_names_is_replaced_by_one_of_the_same_registry_and_version()
    {
        var project = Project(("ContainerBaseImage", "set")) with { BaseImage = "registry.example/dotnet/aspnet:10.0" };

        Assert.Contains("trimmed: ContainerBaseImage=registry.example/dotnet/runtime-deps:10.0-noble-chiseled-extra", Of(project));
        Assert.Contains("chiseled-extra: ContainerBaseImage=registry.example/dotnet/aspnet:10.0-noble-chiseled-extra", Of(project));
    }

    [TestMethod]
    [DataRow("registry.example/base:1", false)]
    [DataRow("mcr.microsoft.com/dotnet/aspnet:10.0", true)]
    public void A_base_image_that_cannot_change_stays(string baseImage, bool hasSteps)
    {
        var text = Of(Project() with { BaseImage = baseImage, HasSteps = hasSteps });

        Assert.DoesNotContain("Container", text);
        Assert.Contains("native: PublishAot=true", text);
        Assert.Contains("invariant: InvariantGlobalization=true", text);
    }

    [TestMethod]
    [DataRow("_TargetFrameworkVersionWithoutV", "7.0")]
    [DataRow("IsAotCompatible", "false")]
    [DataRow("PublishAot", "true")]
    public void Nothing_is_compiled_to_native_code_that_cannot_or_already_is(string property, string value) =>
        Assert.DoesNotContain("PublishAot=true", Of(Project((property, value))));

    [TestMethod]
    public void A_framework_before_NET_8_has_the_images_of_its_time() =>
        Assert.Contains("chiseled-extra: ContainerFamily=jammy-chiseled-extra", Of(Project(("_TargetFrameworkVersionWithoutV", "6.0"))));

    [TestMethod]
    public void An_app_with_a_runtime_of_its_own_is_tried_without()
    {
        var text = Of(Project(("PublishTrimmed", "true")));

        Assert.DoesNotContain("PublishTrimmed=true; ", text);
        Assert.Contains("framework-dependent: ContainerFamily=noble-chiseled-extra; PublishAot=false; ", text);
        Assert.DoesNotContain("self-contained:", text);
    }

    [TestMethod]
    public void What_has_no_NET_app_has_none() => Assert.AreEqual("", Of(new ExploredProject(new Dictionary<string, string>(), "")));

    internal static ExploredProject Project(params (string Name, string Value)[] properties) =>
        new(
            properties
                .Append(("_TargetFrameworkVersionWithoutV", "10.0"))
                .DistinctBy(p => p.Item1)
                .ToDictionary(p => p.Item1, p => p.Item2),
            "mcr.microsoft.com/dotnet/aspnet:10.0"
        )
        {
            UsesAspNet = true,
        };

    private static string Of(ExploredProject project) =>
        string.Join('\n', BuiltInVariants.For(project).Where(v => v.MakesSense).Select(v => $"{v.Variant.Name}: {v.Variant}"));
}
