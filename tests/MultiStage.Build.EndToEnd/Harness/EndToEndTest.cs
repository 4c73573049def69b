namespace MultiStage.Build.EndToEnd.Harness;

/// <summary>A test with a workspace of its own.</summary>
public abstract class EndToEndTest
{
    /// <summary>The test that runs.</summary>
    public required TestContext TestContext { get; set; }

    /// <summary>What this test makes.</summary>
    protected Workspace Workspace { get; } = new();

    /// <summary>The daemon.</summary>
    protected Daemon Daemon => Workspace.Daemon;

    [TestCleanup]
    public async Task RemoveWorkspace()
    {
        if (TestContext.CurrentTestOutcome is not UnitTestOutcome.Passed)
        {
            Workspace.KeepLogs($"{GetType().Name}.{TestContext.TestName}");
        }

        await Workspace.DisposeAsync();
    }

    /// <summary>The web shop of eight projects, with the package referenced by the one to publish.</summary>
    protected Task<TestProject> ShopAsync() => ShopAsync(Workspace);

    /// <summary>The web shop of eight projects, with the package referenced by the one to publish.</summary>
    /// <param name="workspace">Whose it is.</param>
    protected static async Task<TestProject> ShopAsync(Workspace workspace) =>
        (await TestProject.CopyAsync(workspace, "Shop", "src/Shop.Web/Shop.Web.csproj")).ReferencePackage();

    /// <summary>A console app and the library that it references, with the package referenced by the app.</summary>
    protected async Task<TestProject> LibraryAsync()
    {
        const string Project = "Greeter.App/Greeter.App.csproj";
        return (await TestProject.CopyAsync(Workspace, "Library", Project)).ReferencePackage(Project);
    }

    /// <summary>The smallest web app, with the package referenced.</summary>
    protected async Task<TestProject> SingleWebAsync() =>
        (await TestProject.CopyAsync(Workspace, "SingleWeb", "SingleWeb.csproj")).ReferencePackage();
}
