using FlowGen.S3;
using Generator.Tests.Support;
using Microsoft.CodeAnalysis;

namespace Generator.Tests.Emission;

/// <summary>Packages that bring a plugin are registered by every compilation that references them.</summary>
public class PluginTests
{
    private static readonly MetadataReference S3 = MetadataReference.CreateFromFile(typeof(S3Plugin).Assembly.Location);

    [Fact]
    public void Emit_PackageWithAPlugin_RegistersIt() =>
        Snapshot.Match(Compiler.Compile(Compiler.Compilation(Programs.Churn).AddReferences(S3)).AssertClean().Source("FlowPackages.g.cs"), "FlowPackages.g.cs.txt");

    [Fact]
    public void Emit_NoFlowInTheProgram_RegistersItAsWell() =>
        Assert.Equal(["FlowPackages.g.cs"], OwnSources(Compiler.Compile(Compiler.Compilation("class Program1;").AddReferences(S3)).AssertClean()));

    [Fact]
    public void Emit_NoPackage_RegistersNothing() =>
        Assert.DoesNotContain("FlowPackages.g.cs", OwnSources(Compiler.Compile(Programs.Churn)));

    [Fact]
    public void Emit_PluginThatNobodyCanMake_IsLeftOut()
    {
        // Only FlowGen's own packages can derive from the base class; whatever else stands in the attribute is no plugin.
        var other = Compiler.Compilation("""
            [assembly: FlowGen.CompilerServices.FlowPlugin(typeof(Lib.Text))]
            [assembly: FlowGen.CompilerServices.FlowPlugin(typeof(int[]))]
            namespace Lib { public class Text { } }
            """);
        using var image = new MemoryStream();
        Assert.True(other.Emit(image, cancellationToken: TestContext.Current.CancellationToken).Success);

        var compiled = Compiler.Compile(Compiler.Compilation(Programs.Churn).AddReferences(MetadataReference.CreateFromImage(image.ToArray())));

        Assert.DoesNotContain("FlowPackages.g.cs", OwnSources(compiled.AssertClean()));
    }

    [Fact]
    public void Program_WithThePackage_KnowsTheSchemeBeforeItsFirstLine()
    {
        var program = new Loaded(Compiler.Compilation("public static class Entry { public static int One() => 1; }").AddReferences(S3));
        Assert.Equal(1, program.Assembly.GetType("Entry")!.GetMethod("One")!.Invoke(null, null));

        Assert.IsType<S3Plugin>(FlowGen.CompilerServices.FlowPlugins.ForStore("s3"));
        Assert.Equal("s3://bucket/runs", FlowGen.Storage.ObjectStores.Open("s3://bucket/runs").Location);
    }

    private static IEnumerable<string> OwnSources(Compiled compiled) => compiled.Sources.Select(source => source.HintName).Where(name => name.StartsWith("Flow", StringComparison.Ordinal));
}
