using MultiStage.Build.Diagnostics;
using MultiStage.Build.Stages.Items;

namespace MultiStage.Build.Tests.Stages;

[TestClass]
public sealed class BuildExtrasTests
{
    [TestMethod]
    [DataRow("ghcr.io/me/app:cache", "type=registry,ref=ghcr.io/me/app:cache")]
    [DataRow("type=gha, scope=app", "type=gha,scope=app")]
    [DataRow("type=inline", "type=inline")]
    [DataRow("type=local,dest=out/cache,mode=max", "type=local,dest=/repo/app/out/cache,mode=max")]
    [DataRow("type=local,src=../cache", "type=local,src=/repo/cache")]
    public void A_cache_is_what_buildx_takes_with_folders_of_the_project(string include, string expected) =>
        Assert.AreEqual(expected, BuildExtras.Read(new() { CacheTo = [Item(include)] }, "/repo/app").CacheTo.Single());

    [TestMethod]
    [DataRow("type=registri,ref=a")]
    [DataRow("ref=a")]
    [DataRow("type=")]
    public void A_cache_of_no_kind_is_an_error_at_its_item(string include)
    {
        var item = Item(include);
        var problem = Failure.Of(Codes.ValueNotUnderstood, () => BuildExtras.Read(new() { CacheFrom = [item] }, "/"));
        Assert.AreSame(item, problem.Item);
    }

    [TestMethod]
    [DataRow("", "", null, null)]
    [DataRow("false", "False", null, null)]
    [DataRow("true", "true", "mode=min", "true")]
    [DataRow("max", "registry.example/scanner:1", "mode=max", "generator=registry.example/scanner:1")]
    public void Statements_are_made_where_they_are_asked_for(string provenance, string sbom, string? expected, string? list)
    {
        var extras = BuildExtras.Read(new() { Provenance = provenance, Sbom = sbom }, "/");
        Assert.AreEqual((expected, list), (extras.Provenance, extras.Sbom));
        Assert.AreEqual(expected is null ? null : "ContainerProvenance asks for an attestation", extras.Need);
    }

    [TestMethod]
    public void A_typo_in_a_switch_is_an_error()
    {
        var provenance = Failure.Of(Codes.ValueNotUnderstood, () => BuildExtras.Read(new() { Provenance = "all" }, "/"));
        Assert.AreEqual("ContainerProvenance", provenance.About);
        Assert.AreEqual("ContainerSbom", Failure.Of(Codes.ValueNotUnderstood, () => BuildExtras.Read(new() { Sbom = "?" }, "/")).About);
    }

    private static ProjectItem Item(string include) => new("ContainerCacheTo", include, null);
}
