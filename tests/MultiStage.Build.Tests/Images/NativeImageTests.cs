using MultiStage.Build.Images;
using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Container;

namespace MultiStage.Build.Tests.Images;

[TestClass]
public sealed class NativeImageTests
{
    private const string Deps = "mcr.microsoft.com/dotnet/runtime-deps:";

    private static readonly ContainerSettings s_aot = new()
    {
        BaseImage = Deps + "10.0-noble-chiseled",
        Repository = "app",
        Tags = ["latest"],
        AppCommand = ["/app/App"],
        Native = new NativeSettings { IsAot = true },
        SdkVersion = "10.0.401",
        FrameworkVersion = "10.0",
    };

    [TestMethod]
    [DataRow("10.0-noble-chiseled", false, "", "10.0-noble-aot")]
    [DataRow("10.0-noble-chiseled-extra", false, "linux-arm64", "10.0-noble-aot")]
    [DataRow("10.0-noble-chiseled@sha256:0123", false, "", "10.0-noble-aot")]
    [DataRow("10.0", false, "", "10.0-noble-aot")]
    [DataRow("10.0-resolute-chiseled", false, "", "10.0-resolute-aot")]
    [DataRow("10.0-azurelinux3.0-distroless-extra", false, "", "10.0-azurelinux3.0-aot")]
    [DataRow("9.0-bookworm-slim", false, "", "10.0-noble-aot")]
    [DataRow("10.0-alpine", true, "linux-musl-x64", "10.0-alpine-aot")]
    [DataRow("10.0.1-alpine3.22-extra", true, "", "10.0-alpine3.22-aot")]
    // Musl without an Alpine image: the app is static, or its image is not one of Microsoft's.
    [DataRow("10.0", true, "", "10.0-alpine-aot")]
    // No image of these platforms has the toolchain.
    [DataRow("10.0-noble-chiseled", false, "linux-arm", "10.0-noble")]
    [DataRow("10.0-alpine", true, "linux-musl-arm", "10.0-alpine")]
    public void The_builder_is_of_the_base_images_distribution(string tag, bool isMusl, string runtimeIdentifier, string expected)
    {
        var settings = s_aot with
        {
            BaseImage = Deps + tag,
            RuntimeIdentifier = runtimeIdentifier,
            Native = s_aot.Native with { IsMusl = isMusl },
        };
        Assert.AreEqual($"mcr.microsoft.com/dotnet/sdk:{expected}", ContainerRules.Apply(settings, null).SdkImage);
    }

    [TestMethod]
    [DataRow("11.0.100-preview.3.26101.1", null, "11.0-preview-aot")]
    [DataRow("11.0.100", null, "11.0-aot")]
    [DataRow("10.0.401", """{ "sdk": { "version": "10.0.400" } }""", "10.0.400-noble-aot")]
    public void The_builder_fits_global_json_too(string version, string? globalJson, string expected) =>
        Assert.AreEqual(
            $"mcr.microsoft.com/dotnet/sdk:{expected}",
            ContainerRules.Apply(s_aot with { BaseImage = Deps + "10.0", SdkVersion = version }, globalJson).SdkImage
        );

    [TestMethod]
    public void An_app_that_is_not_native_needs_no_toolchain() =>
        Assert.AreEqual(
            "mcr.microsoft.com/dotnet/sdk:10.0",
            ContainerRules
                .Apply(
                    s_aot with
                    {
                        BaseImage = Deps + "10.0-alpine",
                        Native = new() { IsMusl = true },
                    },
                    null
                )
                .SdkImage
        );

    [TestMethod]
    public void A_static_app_on_scratch_finds_what_the_base_images_would_have_given_it()
    {
        var facts = ContainerRules.Apply(
            s_aot with
            {
                BaseImage = "scratch",
                Native = new()
                {
                    IsAot = true,
                    IsMusl = true,
                    IsStatic = true,
                    HasOpenSsl = true,
                },
                Environment = [new("ASPNETCORE_HTTP_PORTS", "9000")],
            },
            null
        );
        Assert.AreEqual("/etc/ssl/certs/ca-certificates.crt /usr/share/zoneinfo/", string.Join(' ', facts.TakenAlong));
        Assert.AreEqual("$APP_UID", facts.User);
        Assert.AreEqual(
            "APP_UID=1654 ASPNETCORE_HTTP_PORTS=8080 DOTNET_RUNNING_IN_CONTAINER=true DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true "
                + "ASPNETCORE_HTTP_PORTS=9000",
            string.Join(' ', facts.Environment.Select(variable => $"{variable.Name}={variable.Value}"))
        );
        Assert.AreEqual("9000/tcp", string.Join(' ', facts.Ports));
        Assert.AreEqual("mcr.microsoft.com/dotnet/sdk:10.0-alpine-aot", facts.SdkImage);
    }

    [TestMethod]
    public void A_static_app_on_scratch_takes_no_more_than_it_needs()
    {
        var facts = ContainerRules.Apply(
            s_aot with
            {
                BaseImage = "scratch",
                User = "7:7",
                Native = new()
                {
                    IsAot = true,
                    IsStatic = true,
                    HasIcu = true,
                    HasNoTimeZones = true,
                },
            },
            null
        );
        Assert.IsEmpty(facts.TakenAlong);
        Assert.AreEqual("7:7", facts.User);
        Assert.DoesNotContain(
            "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT",
            string.Join(' ', facts.Environment.Select(variable => variable.Name))
        );
    }

    [TestMethod]
    [DataRow(false, false, "MULTISTAGE1030", "has no .NET runtime,")]
    [DataRow(true, false, "MULTISTAGE1030", "has no C library,")]
    [DataRow(true, true, "", "")]
    public void An_app_that_cannot_start_on_scratch_is_told(bool selfContained, bool isStatic, string code, string text)
    {
        var warning = StartWarnings
            .For(
                Publish(null, selfContained),
                s_aot with
                {
                    BaseImage = "scratch",
                    Native = new() { IsStatic = isStatic },
                }
            )
            .SingleOrDefault();
        Assert.AreEqual(code, warning?.Descriptor.Code ?? "");
        Assert.Contains(text, warning?.Message ?? "");
    }

    [TestMethod]
    [DataRow("linux-x64", "10.0-alpine", true, "'linux-x64', which is glibc")]
    [DataRow("linux-musl-x64", "10.0-noble-chiseled", true, "linux-musl-x64, which is musl")]
    [DataRow("linux-musl-x64", "10.0-alpine", true, null)]
    [DataRow("linux-x64", "10.0", true, null)]
    [DataRow(null, "10.0-alpine", true, null)]
    // IL runs on either.
    [DataRow("linux-x64", "10.0-alpine", false, null)]
    public void A_runtime_identifier_of_the_other_C_library_is_told(string? runtimeIdentifier, string tag, bool selfContained, string? text)
    {
        var warning = StartWarnings
            .For(Publish(runtimeIdentifier, selfContained), s_aot with { BaseImage = Deps + tag, Native = new() })
            .SingleOrDefault();
        Assert.AreEqual(text is not null, warning is not null);
        Assert.Contains(text?.Replace("'", "", StringComparison.Ordinal) ?? "", warning?.Message ?? "");
    }

    [TestMethod]
    public void Of_an_image_of_which_nothing_is_known_nothing_is_told() =>
        Assert.IsEmpty(StartWarnings.For(Publish("linux-musl-x64", true), s_aot with { BaseImage = "example.com/base:1", Native = new() }));

    [TestMethod]
    [DataRow("8.0-jammy-chiseled", "", true)]
    [DataRow("9.0-bookworm-slim", "", true)]
    [DataRow("10.0-noble-chiseled", "", false)]
    [DataRow("8.0-jammy-chiseled", "example.com/jammy-sdk:10", false)]
    public void Native_code_for_an_older_distribution_is_told(string tag, string sdkImage, bool expected)
    {
        var warnings = StartWarnings.For(
            Publish(null, true) with
            {
                IsAot = true,
            },
            s_aot with
            {
                BaseImage = Deps + tag,
                SdkImage = sdkImage,
            }
        );
        Assert.AreEqual(expected ? "MULTISTAGE1032" : "", string.Join(' ', warnings.Select(w => w.Descriptor.Code)));
    }

    private static PublishFacts Publish(string? runtimeIdentifier, bool selfContained) =>
        new()
        {
            Configuration = "Release",
            RuntimeIdentifier = runtimeIdentifier,
            SelfContained = selfContained,
        };
}
