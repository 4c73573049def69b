namespace MultiStage.Build.Tests.Targets;

/// <summary>The labels that the SDK generates, and the switches that turn them off.</summary>
[TestClass]
public sealed class ImageLabels
{
    private const string Facts = """
        <PropertyGroup>
          <Title>t</Title><Description>d</Description><Authors>a</Authors><PackageProjectUrl>https://p.example</PackageProjectUrl>
          <PackageLicenseExpression>MIT</PackageLicenseExpression><ContainerVendor>v</ContainerVendor>
          <PublishRepositoryUrl>true</PublishRepositoryUrl><RepositoryType>git</RepositoryType>
          <PrivateRepositoryUrl>https://r.example/app.git</PrivateRepositoryUrl><SourceRevisionId>abc</SourceRevisionId>
        </PropertyGroup>
        """;

    [TestMethod]
    public void The_labels_of_a_project_are_those_of_PublishContainer()
    {
        using var project = new TargetProject(Facts);

        project.Generate();

        Assert.AreEqual(
            "net.dot.runtime.majorminor org.opencontainers.artifact.description org.opencontainers.image.authors "
                + "org.opencontainers.image.base.name "
                + "org.opencontainers.image.description org.opencontainers.image.documentation org.opencontainers.image.licenses "
                + "org.opencontainers.image.source "
                + "org.opencontainers.image.title org.opencontainers.image.url org.opencontainers.image.vendor "
                + "org.opencontainers.image.version",
            Names(project.Facts.Container.Labels.Select(label => label.Name))
        );
        Assert.AreEqual(
            "net.dot.sdk.version org.opencontainers.artifact.created org.opencontainers.image.created org.opencontainers.image.revision",
            Names(project.Plan.Labels.Keys)
        );
        Assert.Contains("org.opencontainers.image.source=\"https://r.example/app\"", project.Dockerfile);
    }

    [TestMethod]
    [DataRow("ContainerGenerateLabels")]
    [DataRow(
        "ContainerGenerateLabelsDotnetToolset ContainerGenerateLabelsImageAuthors ContainerGenerateLabelsImageBaseName "
            + "ContainerGenerateLabelsImageCreated ContainerGenerateLabelsImageDescription ContainerGenerateLabelsImageDocumentation "
            + "ContainerGenerateLabelsImageLicenses ContainerGenerateLabelsImageRevision ContainerGenerateLabelsImageSource "
            + "ContainerGenerateLabelsImageTitle "
            + "ContainerGenerateLabelsImageUrl ContainerGenerateLabelsImageVendor ContainerGenerateLabelsImageVersion"
    )]
    public void Each_label_can_be_turned_off_and_all_together(string switches)
    {
        using var project = new TargetProject(
            $"{Facts}<PropertyGroup>{string.Concat(switches.Split(' ').Select(s => $"<{s}>false</{s}>"))}</PropertyGroup>"
        );

        project.Generate();

        Assert.DoesNotContain("LABEL", project.Dockerfile);
        Assert.IsEmpty(project.Plan.Labels);
    }

    [TestMethod]
    public void What_has_no_meaning_for_a_Dockerfile_changes_nothing_in_it()
    {
        using var project = new TargetProject();
        project.Generate();
        var expected = project.Dockerfile;

        project.Generate(
            "-p:LocalRegistry=Podman",
            "-p:ContainerImageFormat=OCI",
            "-p:ContainerPublishInParallel=false",
            "-p:ContainerGenerateLabelsImageBaseDigest=false"
        );

        Assert.AreEqual(expected, project.Dockerfile);
        Assert.IsEmpty(project.Facts.Publish.Properties);
    }

    [TestMethod]
    public void The_older_names_for_repository_and_tag_still_work()
    {
        using var project = new TargetProject(
            "<PropertyGroup><ContainerImageName>old</ContainerImageName><AutoGenerateImageTag>true</AutoGenerateImageTag></PropertyGroup>"
        );

        var run = project.Generate();

        Assert.AreEqual("CONTAINER003", string.Join(' ', run.Codes));
        Assert.AreEqual("old", project.Facts.Container.Repository);
        Assert.MatchesRegex("^[0-9]{14}$", string.Join(' ', project.Facts.Container.Tags));
    }

    private static string Names(IEnumerable<string> names) => string.Join(' ', names.Order(StringComparer.Ordinal));
}
