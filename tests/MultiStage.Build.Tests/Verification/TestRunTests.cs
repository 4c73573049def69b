using MultiStage.Build.Diagnostics;
using MultiStage.Build.Verification;
using TestRun = MultiStage.Build.Verification.TestRun;

namespace MultiStage.Build.Tests.Verification;

[TestClass]
public sealed class TestRunTests
{
    private const string Results = """
        <TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010">
          <Results>
            <UnitTestResult testId="1" testName="It_greets" outcome="Failed">
              <Output><ErrorInfo>
                <Message>Expected 2.
        Actual 3.</Message>
                <StackTrace>   at Assert.Fail() in /_/elsewhere/Assert.cs:line 7
           at App.Tests.GreeterTests.It_greets() in /src/tests/GreeterTests.cs:line 12</StackTrace>
              </ErrorInfo></Output>
            </UnitTestResult>
            <UnitTestResult testId="2" testName="App.Tests.Other.Passes(x: 1)" outcome="Passed" />
          </Results>
          <TestDefinitions>
            <UnitTest id="1"><TestMethod className="App.Tests.GreeterTests" name="It_greets" /></UnitTest>
            <UnitTest id="2"><TestMethod className="App.Tests.Other" name="Passes" /></UnitTest>
          </TestDefinitions>
        </TestRun>
        """;

    [TestMethod]
    public void A_failed_test_is_named_with_its_message_at_its_line_on_this_machine()
    {
        using var folder = new TempFolder();
        Directory.CreateDirectory(Path.GetDirectoryName(folder["tests/GreeterTests.cs"])!);
        File.WriteAllText(folder["tests/GreeterTests.cs"], "");
        File.WriteAllText(folder["App.Tests.trx"], Results);
        File.WriteAllText(folder["App.Tests.exit-code"], "2\n");

        var run = TestRun.Read(Path.GetDirectoryName(folder["x"])!, "App.Tests", Path.GetDirectoryName(folder["x"])!);

        var error = run.Diagnostics("results").Single();
        Assert.AreSame(Codes.TestFailed, error.Descriptor);
        Assert.AreEqual("The test App.Tests.GreeterTests.It_greets failed: Expected 2. Actual 3.", error.Message);
        Assert.AreEqual(new SourceLocation(folder["tests/GreeterTests.cs"], 12), error.Location);
        Assert.AreEqual("App.Tests: 2 tests, 1 failed, results in results", run.Summary("results"));
        Assert.IsFalse(File.Exists(folder["App.Tests.exit-code"]), "Only what the tests wrote stays.");
    }

    [TestMethod]
    public void A_run_that_passes_says_nothing()
    {
        Assert.IsEmpty(Read("0", Results.Replace("\"Failed\"", "\"Passed\"", StringComparison.Ordinal)).Diagnostics(""));
    }

    [TestMethod]
    [DataRow("8", "<TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\" />")]
    [DataRow("134", "<TestRun")]
    [DataRow("1", null)]
    [DataRow(null, null)]
    public void A_run_that_fails_without_a_failed_test_is_an_error(string? exitCode, string? results) =>
        Assert.AreSame(Codes.TestRunFailed, Read(exitCode, results).Diagnostics("").Single().Descriptor);

    [TestMethod]
    [DataRow("8", "exit code 8 (no test ran)")]
    [DataRow("134", "exit code 134 (signal 6)")]
    [DataRow("1", "exit code 1 and")]
    public void What_an_exit_code_means_is_said(string exitCode, string says) =>
        Assert.Contains(says, Read(exitCode, null).Diagnostics("").Single().Message);

    [TestMethod]
    [DataRow("")]
    [DataRow("/")]
    [DataRow("/./")]
    public async Task Results_are_written_whether_the_folder_ends_in_a_separator_or_not(string end)
    {
        using var folder = new TempFolder();
        using var archive = new MemoryStream();
        await using (var tar = new System.Formats.Tar.TarWriter(archive, leaveOpen: true))
        {
            foreach (var name in new[] { "test-results/A.trx", "test-results/../../out" })
            {
                await tar.WriteEntryAsync(
                    new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name)
                    {
                        DataStream = new MemoryStream("x"u8.ToArray()),
                    },
                    TestContext.CancellationToken
                );
            }
        }

        archive.Position = 0;
        await CopiedOutFiles.ExtractAsync(archive, folder["results"] + end, TestContext.CancellationToken);

        Assert.IsTrue(File.Exists(folder["results/A.trx"]));
        Assert.IsFalse(File.Exists(folder["out"]), "No file is written elsewhere.");
    }

    [TestMethod]
    public void A_program_that_knows_no_trx_is_told_what_to_add() =>
        Assert.Contains("Microsoft.Testing.Extensions.TrxReport", Read("5", null).Diagnostics("").Single().Message);

    [TestMethod]
    public void The_codes_are_those_of_the_reference() =>
        Assert.AreEqual(
            "MULTISTAGE5005 MULTISTAGE5006 MULTISTAGE5007",
            $"{Codes.TestFailed.Code} {Codes.TestRunFailed.Code} {Codes.NoTestReport.Code}"
        );

    public required TestContext TestContext { get; init; }

    private static TestRun Read(string? exitCode, string? results)
    {
        using var folder = new TempFolder();
        if (exitCode is not null)
        {
            File.WriteAllText(folder["A.exit-code"], exitCode + "\n");
        }

        if (results is not null)
        {
            File.WriteAllText(folder["A.trx"], results);
        }

        return TestRun.Read(Path.GetDirectoryName(folder["x"])!, "A", "/nowhere");
    }
}
