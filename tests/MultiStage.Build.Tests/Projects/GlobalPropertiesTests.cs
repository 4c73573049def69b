using MultiStage.Build.Diagnostics;
using MultiStage.Build.Projects.Evaluation;

namespace MultiStage.Build.Tests.Projects;

[TestClass]
public sealed class GlobalPropertiesTests
{
    private static readonly string s_context = Path.GetFullPath("/work space/repo");

    [TestMethod]
    [DataRow("Configuration")]
    [DataRow("configuration")]
    [DataRow("PublishMultiStage")]
    [DataRow("ContainerImageTag")]
    [DataRow("MultiStageAnything")]
    [DataRow("MSBuildWarningsAsErrors")]
    [DataRow("_IsPublishing")]
    [DataRow("SolutionDir")]
    [DataRow("DOTNET_CLI_DISABLE_PUBLISH_AND_PACK_RELEASE")]
    public void What_means_something_on_the_host_alone_is_dropped_without_a_word(string name)
    {
        var forwarded = Forward((name, "x"));
        Assert.IsEmpty(forwarded.Properties);
        Assert.IsEmpty(forwarded.Stamps);
        Assert.IsEmpty(forwarded.Diagnostics);
    }

    [TestMethod]
    [DataRow("PublishTrimmed", "true")]
    [DataRow("DefineConstants", "A;B")]
    [DataRow("Greeting", "say \"hello\", 100 %")]
    [DataRow("Empty", "")]
    [DataRow("Endpoint", "https://example.com/a?b=c")]
    [DataRow("Relative", "../shared/x.props")]
    [DataRow("Scheme", "//cdn.example.com/x")]
    [DataRow("ConfigurationName", "not on the list of names")]
    public void Other_properties_are_forwarded_as_they_are(string name, string value)
    {
        var forwarded = Forward((name, value));
        Assert.AreEqual(value, forwarded.Properties[name]);
        Assert.IsEmpty(forwarded.Diagnostics);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
    [DataRow(@"C:\repo\x.props")]
    [DataRow(@"\\server\share")]
    [DataRow(@"a\b")]
    public void A_value_that_is_a_path_on_Windows_alone_is_text_elsewhere(string value) =>
        Assert.AreEqual(value, Forward(("Some", value)).Properties["Some"]);

    [TestMethod]
    [DataRow("Version")]
    [DataRow("VersionSuffix")]
    [DataRow("informationalversion")]
    [DataRow("SourceRevisionId")]
    public void Versions_are_stamps_and_no_properties(string name)
    {
        var forwarded = Forward((name, "1.2.3"));
        Assert.AreEqual("1.2.3", forwarded.Stamps[name]);
        Assert.IsEmpty(forwarded.Properties);
    }

    [TestMethod]
    [DataRow("ApiKey")]
    [DataRow("NUGET_API_KEY")]
    [DataRow("NuGetPassword")]
    [DataRow("GitHubToken")]
    [DataRow("ClientSecret")]
    [DataRow("ADO_PAT")]
    [DataRow("ConnectionString")]
    [DataRow("DbCredentials")]
    [DataRow("PrivateKey")]
    [DataRow("StorageAccountKey")]
    [DataRow("SigningKey")]
    [DataRow("DbPwd")]
    [DataRow("SENTRY_DSN")]
    [DataRow("Passphrase")]
    [DataRow("SqlConnStr")]
    public void A_secret_is_not_forwarded_and_its_value_is_in_no_message(string name)
    {
        var forwarded = Forward((name, "hunter2"));
        Assert.IsEmpty(forwarded.Properties);
        Assert.IsEmpty(forwarded.Stamps);
        var told = Assert.ContainsSingle(forwarded.Diagnostics);
        Assert.AreEqual(Codes.SecretNotForwarded, told.Descriptor);
        Assert.Contains($"'{name}'", told.Message);
        Assert.DoesNotContain("hunter2", told.Message);
    }

    [TestMethod]
    [DataRow("RestoreSources", "https://me:hunter2@example.com/v3/index.json")]
    [DataRow("RestoreSources", "https://example.com/v3;https://hunter2:@example.com/v3")]
    [DataRow("Version", "https://me:hunter2@example.com/")]
    [DataRow("ClientSecret", "/elsewhere/hunter2")]
    [DataRow("DbPwd", "hunter2")]
    [DataRow("DB_PWD", "hunter2")]
    [DataRow("pwd", "hunter2")]
    [DataRow("GitHubPat", "hunter2")]
    public void A_value_that_carries_a_password_is_a_secret_whatever_its_name(string name, string value)
    {
        var forwarded = Forward((name, value));
        Assert.IsEmpty(forwarded.Properties);
        Assert.IsEmpty(forwarded.Stamps);
        Assert.DoesNotContain("hunter2", Assert.ContainsSingle(forwarded.Diagnostics).Message);
    }

    [TestMethod]
    [DataRow("Server=db;Database=a;User Id=me;Password=hunter2")]
    [DataRow("Host=db;Username=me;pwd=hunter2")]
    [DataRow("DefaultEndpointsProtocol=https;AccountName=a;AccountKey=hunter2")]
    [DataRow("Endpoint=sb://a.example/;SharedAccessKeyName=b;SharedAccessKey=hunter2")]
    [DataRow("https://hunter2hunter2hunter2@example.com/x")]
    [DataRow("https://example.com/feed?sv=1&sig=hunter2")]
    [DataRow("https://example.com/?access_token=hunter2")]
    [DataRow("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJodW50ZXIyIn0.hunter2")]
    [DataRow("-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2\n-----END")]
    [DataRow("ghp_hunter2hunter2hunter2")]
    [DataRow("github_pat_hunter2hunter2hunter2")]
    [DataRow("glpat-hunter2hunter2hunter2")]
    [DataRow("xoxb-hunter2hunter2")]
    [DataRow("AKIAHUNTER2HUNTER2AB")]
    [DataRow("sk-hunter2hunter2hunter2")]
    [DataRow("npm_hunter2hunter2hunter2")]
    [DataRow("Bearer hunter2hunter2hunter2")]
    public void A_value_of_a_secrets_form_is_not_forwarded_and_in_no_message(string value)
    {
        var forwarded = Forward(("Harmless", value));
        Assert.IsEmpty(forwarded.Properties);
        var told = Assert.ContainsSingle(forwarded.Diagnostics);
        Assert.AreEqual(Codes.SecretNotForwarded, told.Descriptor);
        Assert.DoesNotContain("hunter2", told.Message, StringComparison.OrdinalIgnoreCase);
    }

    [TestMethod]
    [DataRow("PublicKeyToken", "b77a5c561934e089")]
    [DataRow("DefineConstants", "TRACE;FEATURE=1")]
    [DataRow("RepositoryUrl", "ssh://git@github.com/a/b.git")]
    [DataRow("RepositoryUrl", "https://github.com/a/b?tab=readme")]
    [DataRow("AssemblyTitle", "Compass: a guide")]
    [DataRow("Author", "me@example.com")]
    [DataRow("Path", "task-list/sk-1")]
    [DataRow("PWD", "home")]
    [DataRow("OLDPWD", "home")]
    [DataRow("Compat", "true")]
    public void What_only_resembles_a_secret_is_forwarded(string name, string value) =>
        Assert.AreEqual(value, Forward((name, value)).Properties[name]);

    [TestMethod]
    [DataRow("x.props", "/src/x.props")]
    [DataRow("a b/ü", "/src/a b/ü")]
    [DataRow("keys/", "/src/keys/")]
    [DataRow("a/../b", "/src/b")]
    public void A_path_in_the_context_becomes_its_path_in_the_container(string below, string expected) =>
        Assert.AreEqual(expected, Forward(("Some", Path.Combine(s_context, below))).Properties["Some"]);

    [TestMethod]
    public void The_context_itself_becomes_the_source_folder()
    {
        Assert.AreEqual("/src", Forward(("Some", s_context)).Properties["Some"]);
        Assert.AreEqual("/src/", Forward(("Some", s_context + Path.DirectorySeparatorChar)).Properties["Some"]);
    }

    [TestMethod]
    public void What_a_solution_gives_each_project_is_forwarded_where_the_repository_reads_it()
    {
        var solution = Path.Combine(s_context, "All.slnx");
        (string, string)[] given =
        [
            ("SolutionDir", s_context + Path.DirectorySeparatorChar),
            ("SolutionPath", solution),
            ("SolutionName", "All"),
            ("BuildingSolutionFile", "true"),
            ("Platform", "AnyCPU"),
        ];

        var forwarded = GlobalProperties.Forward(given.Select(p => KeyValuePair.Create(p.Item1, p.Item2)), s_context, name =>
            name is "SolutionDir" or "SolutionPath"
        );

        Assert.AreEqual(
            "SolutionDir=/src/ SolutionPath=/src/All.slnx",
            string.Join(' ', forwarded.Properties.Select(p => $"{p.Key}={p.Value}"))
        );
        Assert.IsEmpty(Forward(given).Properties);
        Assert.AreEqual("AnyCPU", Forward(("Platform", "AnyCPU")).Properties["Platform"]);
        Assert.AreEqual("x64", Forward(("BuildingSolutionFile", "true"), ("Platform", "x64")).Properties["Platform"]);
    }

    [TestMethod]
    [DataRow("PublishProfile", "Prod", "Prod")]
    [DataRow("PublishProfile", "DefaultContainer", "")]
    [DataRow("_PublishProfileRootFolder", "profiles/", "profiles/")]
    public void A_publish_profile_is_forwarded_and_those_of_the_SDK_are_not(string name, string value, string expected) =>
        Assert.AreEqual(expected, Forward((name, value)).Properties.GetValueOrDefault(name, ""));

    [TestMethod]
    public void A_path_outside_the_context_is_told_about_and_not_forwarded()
    {
        var outside = Path.Combine(Path.GetTempPath(), "repository/x.props");
        var forwarded = Forward(("Some", outside));
        Assert.IsEmpty(forwarded.Properties);
        var told = Assert.ContainsSingle(forwarded.Diagnostics);
        Assert.AreEqual(Codes.PathNotForwarded, told.Descriptor);
        Assert.Contains($"'Some' names '{outside}'", told.Message);
    }

    [TestMethod]
    [DataRow("/api")]
    [DataRow("/api/v1/")]
    [DataRow("/")]
    public void The_tail_of_a_URL_is_no_path(string value) => Assert.AreEqual(value, Forward(("PathBase", value)).Properties["PathBase"]);

    [TestMethod]
    public void Each_path_of_a_list_is_a_path()
    {
        var (feed, other) = (Path.Combine(s_context, "feed"), Path.Combine(s_context, "other"));
        Assert.AreEqual(
            "https://example.com/v3;/src/feed;/src/other",
            Forward(("RestoreSources", $"https://example.com/v3;{feed};{other}")).Properties["RestoreSources"]
        );
    }

    [TestMethod]
    public void A_list_with_one_path_outside_the_context_is_not_forwarded()
    {
        var forwarded = Forward(("RestoreSources", $"{Path.Combine(s_context, "feed")};{Path.Combine(Path.GetTempPath(), "elsewhere")}"));
        Assert.IsEmpty(forwarded.Properties);
        Assert.Contains("elsewhere", Assert.ContainsSingle(forwarded.Diagnostics).Message);
    }

    [TestMethod]
    public void The_order_of_the_command_line_does_not_matter()
    {
        (string, string)[] properties = [("b", "1"), ("A", "2"), ("c", "3"), ("B2", "4")];
        Assert.IsTrue(Forward(properties).Properties.SequenceEqual(Forward([.. properties.Reverse()]).Properties));
    }

    private static ForwardedProperties Forward(params (string Name, string Value)[] properties) =>
        GlobalProperties.Forward(properties.Select(p => KeyValuePair.Create(p.Name, p.Value)), s_context, _ => false);
}
