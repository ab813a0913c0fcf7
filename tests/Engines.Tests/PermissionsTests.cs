using EndToEnd.Tests;

namespace Engines.Tests;

/// <summary><c>submit --print-rbac</c>, as people call it before anything else.</summary>
public sealed class PermissionsTests : IDisposable
{
    private readonly FlowProgram _program = new();

    private static string Sources { get; } = Path.GetDirectoryName(File())!;

    private static string File([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("submit", "--engine", "kubernetes", "--set", "namespace=flows", "--set", "service-account=churn", "--print-rbac")]
    [InlineData("submit", "lines", "--profile", "cluster", "--print-rbac")]
    [InlineData("submit", "--print-rbac", "--set", "service-account=churn")]
    public async Task PrintRbac_NeitherFlowNorParametersNorImage_WritesTheRoleAlone(params string[] args)
    {
        await System.IO.File.WriteAllTextAsync(Path.Combine(_program.Directory, "flowgen.json"), """
            { "defaultProfile": "other", "profiles": {
              "cluster": { "engine": "kubernetes", "settings": { "namespace": "flows", "service-account": "churn" } },
              "other": { "engine": "kubernetes", "settings": { "namespace": "flows" } } } }
            """);

        var ended = (await _program.RunAsync(args)).With(0);

        Assert.Equal(await System.IO.File.ReadAllTextAsync(Path.Combine(Sources, "Kubernetes", "Golden", "role.yaml")), ended.Out);
        Assert.Empty(ended.Error);
        Assert.False(Directory.Exists(_program.Store));
    }

    [Theory]
    [InlineData("slurm")]
    [InlineData("local")]
    public async Task PrintRbac_EngineWithoutPermissions_SaysWhatItIsFor(string engine)
    {
        var ended = (await _program.RunAsync("submit", "squares", "--engine", engine, "--print-rbac")).With(2);

        Assert.Equal($"error FG1309: Option --print-rbac: the engine {engine} needs no permissions of its own; whoever may submit jobs there may submit runs. It is for kubernetes: --engine kubernetes --print-rbac.\n", ended.Error);
        Assert.Empty(ended.Out);
    }
}
