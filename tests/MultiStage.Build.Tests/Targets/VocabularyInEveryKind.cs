using MultiStage.Build.Projects;
using MultiStage.Build.Projects.Container;
using MultiStage.Build.Tests.Reference;

namespace MultiStage.Build.Tests.Targets;

/// <summary>Every property and item, in each of the three kinds of project: it has an effect, or a warning at its line says what has.</summary>
[TestClass]
public sealed class VocabularyInEveryKind
{
    // What the package gives back, and what decides the kind.
    private static readonly IReadOnlyList<string> s_settable =
    [
        .. PublicNames
            .OfPackage.Concat(PublicNames.OfSdk)
            .Where(name => !name.StartsWith("Generated", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal),
    ];

    [TestMethod]
    public void The_names_that_are_known_are_those_of_the_targets() =>
        Assert.AreEqual(
            string.Join('\n', s_settable),
            string.Join('\n', KnownNames.All.Order(StringComparer.Ordinal)),
            "KnownNames.cs lists what project files may say, so that a misspelt name is told."
        );

    [TestMethod]
    public void The_table_is_about_names_that_are_known() =>
        Assert.IsEmpty(NameUses.All.Select(use => use.Name).Except(KnownNames.All, StringComparer.Ordinal));

    [TestMethod]
    public void The_reference_shows_the_table() =>
        ReferenceDocument.Holds(
            "## What has an effect where",
            "| Name",
            "## ",
            string.Join(
                '\n',
                [
                    "| Name | Generated Dockerfile | Stages alone | Dockerfile that exists |",
                    "|---|---|---|---|",
                    // In italics, as these are no entries.
                    .. NameUses.All.Select(use =>
                        $"| *{use.Name}* | {Cell(use.InProject)} | {Cell(use.InStages)} | {Cell(use.InDockerfile)} |"
                    ),
                    "",
                ]
            )
        );

    [TestMethod]
    [DataRow(nameof(ImageSource.Project))]
    [DataRow(nameof(ImageSource.Items))]
    [DataRow(nameof(ImageSource.Dockerfile))]
    public void Each_name_has_an_effect_or_a_warning_at_its_line(string kind)
    {
        var source = Enum.Parse<ImageSource>(kind);
        using var project = new TargetProject();
        var names = s_settable
            .Except(
                ["MultiStageTasksAssembly", "ContainerDockerfile", "EnableSdkContainerSupport", "PublishMultiStage"],
                StringComparer.Ordinal
            )
            .ToList();
        var sdk = RepositoryRoot.Combine("sdk", "Sdk");
        var (first, last) =
            source == ImageSource.Items
                ? ($"""<Project><Import Project="{sdk}/Sdk.props" />""", $"""<Import Project="{sdk}/Sdk.targets" /></Project>""")
                : ("""<Project Sdk="Microsoft.NET.Sdk">""", "</Project>");
        project.Write(
            "src/App/App.csproj",
            string.Join(
                '\n',
                [
                    first,
                    "<PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>",
                    source == ImageSource.Dockerfile
                        ? "<PropertyGroup><ContainerDockerfile>Dockerfile</ContainerDockerfile></PropertyGroup>"
                        : "",
                    "<ItemGroup Condition=\"'$(TargetFramework)' == 'none'\">",
                    .. names.Select(name => $"<{name} Include=\"x\" />"),
                    "</ItemGroup>",
                    last,
                ]
            )
        );

        var run = project.Run("-t:BeginMultiStageRun").Succeeded();

        var unused = NameUses.All.Where(use => use.Instead(source) is not null).ToList();
        foreach (var use in unused)
        {
            Assert.Contains($"App.csproj({names.IndexOf(use.Name) + 5},1): warning MULTISTAGE1051: {use.Name} has no effect", run.Output);
            Assert.Contains(use.Instead(source)!, run.Output);
        }

        Assert.HasCount(unused.Count, run.Codes.Where(code => code.StartsWith("MULTISTAGE", StringComparison.Ordinal)), run.Output);
    }

    [TestMethod]
    public void A_name_that_is_said_to_have_an_effect_without_a_NET_project_is_read_there()
    {
        var read = NamesThatTargetsRead.WithoutProject();

        Assert.AreEqual("", string.Join(' ', Honoured(ImageSource.Items).Except(read)));
        // Of a Dockerfile that exists, the SDK's own targets read the rest.
        Assert.AreEqual("", string.Join(' ', Honoured(ImageSource.Dockerfile).Except(PublicNames.OfSdk).Except(read)));
        Assert.DoesNotContain("ContainerSdkImage", read);

        static IEnumerable<string> Honoured(ImageSource source) =>
            s_settable.Where(name => NameUses.All.All(use => use.Name != name || use.Instead(source) is null));
    }

    [TestMethod]
    [DataRow("ContainerSizeBuget", "ContainerSizeBudget", DisplayName = "a letter is missing")]
    [DataRow("ContainerPakage", "ContainerPackage", DisplayName = "a letter of an item is missing")]
    [DataRow("PublishMultiStages", "PublishMultiStage", DisplayName = "a letter is too many")]
    [DataRow("ContainerPorz", "ContainerPort", DisplayName = "a letter is another")]
    [DataRow("ContainerVerfiy", "ContainerVerify", DisplayName = "two letters changed places")]
    [DataRow("containersizebuget", "ContainerSizeBudget", DisplayName = "in another casing")]
    [DataRow("MultiStageToolFolder", "MultiStageToolFolders", DisplayName = "of the other prefix")]
    [DataRow("ContainerPort", null, DisplayName = "as it should be")]
    [DataRow("CONTAINERPORT", null, DisplayName = "as it should be, in another casing")]
    [DataRow("ContainerTitel2", null, DisplayName = "two edits away")]
    [DataRow("ContainerImageFormat", null, DisplayName = "the SDK's own")]
    [DataRow("AssemblyNam", null, DisplayName = "nobody's")]
    public void A_misspelt_name_is_told_with_the_one_that_was_meant(string name, string? meant) =>
        Assert.AreEqual(meant, Vocabulary.Meant(name));

    [TestMethod]
    public void Names_are_found_in_imports_and_files_for_all_projects_and_on_the_command_line()
    {
        using var project = new TargetProject("""  <Import Project="$(MSBuildThisFileDirectory)../sizes.props" />""");
        project.Write(
            "src/sizes.props",
            "<Project><PropertyGroup>\n<ContainerSizeBuget>1MB</ContainerSizeBuget></PropertyGroup></Project>"
        );
        project.Write(
            "Directory.Build.props",
            "<Project><ItemGroup>\n\n<ContainerPakage Include=\"tzdata\" /></ItemGroup>"
                + "<PropertyGroup><LocalRegistry>Docker</LocalRegistry></PropertyGroup></Project>"
        );

        var run = project.Run("-t:BeginMultiStageRun", "-p:ContainerVerfy=true", "-p:PublishDir=out").Succeeded();

        Assert.AreEqual(
            "MULTISTAGE1050 MULTISTAGE1050 MULTISTAGE1050 MULTISTAGE1052",
            string.Join(' ', run.Codes.Order(StringComparer.Ordinal))
        );
        Assert.Contains("sizes.props(2,1): warning MULTISTAGE1050: 'ContainerSizeBuget'", run.Output);
        Assert.Contains("Directory.Build.props(3,1): warning MULTISTAGE1050: 'ContainerPakage'", run.Output);
        Assert.Contains("Did you mean 'ContainerVerify'?", run.Output);
    }

    [TestMethod]
    [DataRow("Docker", "", "", DisplayName = "where the image goes anyway")]
    [DataRow("Podman", "", "MULTISTAGE1051", DisplayName = "where it does not go")]
    [DataRow("Podman", "sdk", "", DisplayName = "where it goes without a daemon")]
    public void A_local_registry_is_told_where_it_is_not_the_daemon_that_builds(string registry, string engine, string codes)
    {
        using var project = new TargetProject();

        var run = project.Run("-t:BeginMultiStageRun", $"-p:LocalRegistry={registry}", $"-p:ContainerBuildEngine={engine}");

        Assert.AreEqual(codes, string.Join(' ', run.Succeeded().Codes));
    }

    [TestMethod]
    public void A_project_of_stages_alone_has_the_labels_and_the_names_of_Visual_Studio()
    {
        using var project = new TargetProject();
        var sdk = RepositoryRoot.Combine("sdk", "Sdk");
        project.Write(
            "src/App/App.csproj",
            $"""
            <Project>
              <Import Project="{sdk}/Sdk.props" />
              <PropertyGroup>
                <ContainerTitle>The greeter</ContainerTitle>
                <ContainerLicenseExpression>MIT</ContainerLicenseExpression>
                <ContainerVendor>Shop</ContainerVendor>
                <ContainerGenerateLabelsImageVendor>false</ContainerGenerateLabelsImageVendor>
                <RegistryUrl>registry.example</RegistryUrl>
                <PublishImageTag>7</PublishImageTag>
              </PropertyGroup>
              <ItemGroup><ContainerStage Include="final" BaseImage="busybox:latest" /></ItemGroup>
              <Import Project="{sdk}/Sdk.targets" />
            </Project>
            """
        );

        project.Generate();

        Assert.AreEqual(
            "org.opencontainers.image.licenses=MIT org.opencontainers.image.title=The greeter",
            string.Join(' ', project.Plan.Labels.Select(label => $"{label.Key}={label.Value}").Order(StringComparer.Ordinal))
        );
        Assert.AreEqual(("registry.example", "7"), (project.Facts.Container.Registry, project.Facts.Container.Tags.Single()));
    }

    private static string Cell(string? instead) => instead is null ? "yes" : $"no. {instead}";
}
