using MultiStage.Build.Measurement;

namespace MultiStage.Build.Tests.Measurement;

[TestClass]
public sealed class PathPatternTests
{
    [TestMethod]
    [DataRow("/app/wwwroot/**", "/app/wwwroot/a.js /app/wwwroot/img/b.png", "/app/Web.dll /app/wwwroot2/a /srv/app/wwwroot/a")]
    [DataRow("/app/wwwroot", "/app/wwwroot /app/wwwroot/a.js", "/app/wwwrootx")]
    [DataRow("/app/wwwroot/", "/app/wwwroot/a.js", "/app/Web.dll")]
    [DataRow("/app/*.dll", "/app/Web.dll /app/.dll", "/app/Web.DLL /app/bin/Web.dll /app/Web.dll.config")]
    [DataRow("/**/*.so", "/a.so /app/runtimes/x/y.so", "/app/a.so.1")]
    [DataRow("/app/**/native/*", "/app/native/a /app/runtimes/x/native/a", "/app/runtimes/native")]
    [DataRow("/app/?.dll", "/app/a.dll", "/app/ab.dll /app//.dll")]
    [DataRow("/app/a[1].(x)+", "/app/a[1].(x)+", "/app/a1.x")]
    [DataRow("/**", "/a /b/c", "")]
    [DataRow("/", "/a /b/c", "")]
    public void A_pattern_takes_what_it_says(string pattern, string takes, string leaves)
    {
        var paths = PathPattern.Parse(pattern);
        foreach (var path in takes.Split(' '))
        {
            Assert.IsTrue(paths.Takes(path), $"{pattern} {path}");
        }

        foreach (var path in leaves.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            Assert.IsFalse(paths.Takes(path), $"{pattern} {path}");
        }
    }

    [TestMethod]
    [DataRow("/app/wwwroot/**", "/app", true)]
    [DataRow("/app/**", "/app", true)]
    [DataRow("/app", "/app/", true)]
    [DataRow("/app2/**", "/app", false)]
    [DataRow("/**/*.so", "/app", false)]
    [DataRow("/a*/b", "/app", false)]
    [DataRow("/**", "/", true)]
    public void It_is_known_where_a_pattern_can_reach(string pattern, string folder, bool stays) =>
        Assert.AreEqual(stays, PathPattern.Parse(pattern).StaysIn(folder));
}
