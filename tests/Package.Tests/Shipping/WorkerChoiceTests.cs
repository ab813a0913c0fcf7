using FlowGen.Build;
using Package.Tests.Infrastructure;

namespace Package.Tests.Shipping;

/// <summary>Which kind of worker a program gets, and why.</summary>
public sealed class WorkerChoiceTests
{
    private static readonly NativeRules s_rules = new([("Microsoft.ML", "it writes code"), ("Microsoft.ML.*", "it writes code"), ("Microsoft.ML.OnnxRuntime*", null)]);
    private static readonly ResolvedPackage s_plain = Package("Plain"), s_onnx = Package("Microsoft.ML.OnnxRuntime", "linux-x64", "win-x64"), s_trees = Package("Microsoft.ML.FastTree"), s_windows = Package("Wind", "win-x64");

    [Theory]
    [InlineData("auto", "local", "", "aot linux-x64: nothing in it rules that out")]
    [InlineData("auto", "slurm", "", "aot linux-x64: nothing in it rules that out")]
    [InlineData("aot", "local", "", "aot linux-x64: FlowWorker is aot")]
    [InlineData("R2R", "local", "", "r2r linux-x64: FlowWorker is r2r")]
    [InlineData("auto", "local", "win-x64", "r2r win-x64: this machine is linux-x64: native code is not compiled for other operating systems")]
    [InlineData("auto", "local", "linux-arm64", "r2r linux-arm64: this machine is linux-x64: native code for another processor needs a cross compiler, which FlowWorker=aot would use")]
    [InlineData("aot", "local", "linux-arm64", "aot linux-arm64: FlowWorker is aot")]
    public void Of_PlainProgram_IsNativeWhereItCanBe(string worker, string engine, string runtime, string expected) =>
        Assert.Equal(expected, Choose(new(worker, "auto", false, runtime, engine, "linux-x64"), s_plain));

    [Fact]
    public void Of_OtherMachines_BuildsForLinuxUnlessTheRunIsLocal()
    {
        Assert.Equal("aot osx-arm64: nothing in it rules that out", Choose(new("auto", "auto", false, "", "local", "osx-arm64"), s_plain));
        Assert.Equal("r2r linux-x64: this machine is osx-arm64: native code is not compiled for other operating systems", Choose(new("auto", "auto", false, "", "slurm", "osx-arm64"), s_plain));
        Assert.Equal("r2r linux-x64: this machine is win-x64: native code is not compiled for other operating systems", Choose(new("auto", "auto", true, "", "kubernetes", "win-x64"), s_plain));
    }

    [Fact]
    public void Of_PackageThatRulesItOut_IsReadyToRun() =>
        Assert.Equal("r2r linux-x64: Microsoft.ML.FastTree 1.2.3 rules native code out: it writes code", Choose(new("auto", "auto", true, "", "local", "linux-x64"), s_plain, s_onnx, s_trees));

    [Fact]
    public void Of_Image_IsStaticUnlessLibrariesAreLoaded()
    {
        var request = new WorkerRequest("auto", "auto", true, "", "kubernetes", "linux-x64");
        Assert.StartsWith("static linux-x64: ", Choose(request, s_plain, s_windows), StringComparison.Ordinal);
        Assert.StartsWith("aot linux-x64: nothing in it rules that out; not static, since Microsoft.ML.OnnxRuntime 1.2.3 brings native libraries", Choose(request, s_plain, s_onnx), StringComparison.Ordinal);
        Assert.StartsWith("aot linux-x64: nothing in it rules that out; not static, since the project wants culture data", Choose(request with { IsInvariant = false }, s_plain), StringComparison.Ordinal);
        Assert.StartsWith("aot ", Choose(request with { Static = "false" }, s_plain), StringComparison.Ordinal);
        Assert.StartsWith("static ", Choose(request with { Static = "true", IsForImage = false }, s_plain), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("aot", "auto", "win-x64", "Plain", "FG0904")]
    [InlineData("aot", "auto", "", "Microsoft.ML", "FG0905")]
    [InlineData("auto", "true", "", "Microsoft.ML", "FG0906")]
    [InlineData("r2r", "true", "", "Plain", "FG0906")]
    [InlineData("auto", "true", "", "Microsoft.ML.OnnxRuntime", "FG0906")]
    public void Of_WhatCannotBe_Throws(string worker, string isStatic, string runtime, string package, string code) =>
        Assert.Equal(code, Assert.Throws<BuildException>(() => Choose(new(worker, isStatic, false, runtime, "local", "linux-x64"), Package(package, "linux-x64"))).Code);

    [Fact]
    public void Read_AssetsOfPenguins_FindsMLNetAndItsNativeLibraries()
    {
        var packages = ResolvedPackage.Read(Repository.PathOf("samples/Penguins/obj/project.assets.json"), "net10.0");

        Assert.StartsWith("r2r linux-x64: Microsoft.ML", Choose(new("auto", "auto", true, "", "kubernetes", "linux-x64"), [.. packages]), StringComparison.Ordinal);
        var ml = packages.Single(package => package.Name == "Microsoft.ML.FastTree");
        Assert.True(ml.HasNativeCodeFor("linux-x64"));
        Assert.True(ml.HasNativeCodeFor("win-x64"));
        Assert.False(packages.Single(package => package.Name == "MessagePack").HasNativeCodeFor("linux-x64"));
        Assert.NotNull(ml.Sha512);
        Assert.Contains(packages, package => package is { IsProject: true, Name: "FlowGen.Runtime" });
        Assert.Contains("Microsoft.ML.CpuMath", packages.Single(package => package.Name == "Microsoft.ML").Dependencies);
    }

    private static string Choose(WorkerRequest request, params ResolvedPackage[] packages) => WorkerChoice.Of(request, packages, s_rules) is var choice ? $"{choice.Kind} {choice.Runtime}: {choice.Reason}" : "";

    private static ResolvedPackage Package(string name, params string[] native) => new(name, "1.2.3", false, null, true, native, []);
}
