using System.Text.RegularExpressions;
using FlowGen.Build;
using Package.Tests.Infrastructure;

namespace Package.Tests.Shipping;

/// <summary>What people set to ship a flow.</summary>
public sealed partial class FlowPropertyTests(PackedFeed feed)
{
    [Theory]
    [InlineData("FlowWorker", "", null)]
    [InlineData("FlowWorker", "AOT", null)]
    [InlineData("FlowArgs", "anything; at, all", null)]
    [InlineData("FlowWorker", "aott", "FlowWorker is 'aott'; did you mean aot?")]
    [InlineData("FlowEngine", "kubernets", "FlowEngine is 'kubernets'; did you mean kubernetes?")]
    [InlineData("FlowEngine", "airflow", "FlowEngine is 'airflow'; it may be local, slurm, kubernetes or argo")]
    public void Check_Value_SaysWhatIsWrong(string name, string value, string? expected) => Assert.Equal(expected, FlowProperty.All.Single(property => property.Name == name).Check(value));

    [Theory]
    [InlineData("FlowEngine", null)]
    [InlineData("flowengine", null)]
    [InlineData("FlowGenSnapshot", null)]
    [InlineData("Configuration", null)]
    [InlineData("FlowEngin", "there is no property FlowEngin; did you mean FlowEngine?")]
    public void CheckName_Property_SaysWhatIsWrong(string name, string? expected) => Assert.Equal(expected, FlowProperty.CheckName(name));

    [Theory]
    [InlineData("", new string[0])]
    [InlineData("--a 1  --b=2", new[] { "--a", "1", "--b=2" })]
    [InlineData("--name 'a b' \"c 'd'\" ''", new[] { "--name", "a b", "c 'd'", "" })]
    [InlineData("""--path C:\temp\x --quote \" --blank a\ b --json '{"a": "\n"}'""", new[] { "--path", @"C:\temp\x", "--quote", "\"", "--blank", "a b", "--json", """{"a": "\n"}""" })]
    public void Split_Arguments_AreThoseOfAShell(string text, string[] expected) => Assert.Equal(expected, ArgumentText.Split(text));

    [Fact]
    public void Split_QuoteWithoutEnd_Throws() => Assert.Equal("FG0912", Assert.Throws<BuildException>(() => ArgumentText.Split("--a 'b")).Code);

    [Theory]
    [InlineData("", "slurm")]
    [InlineData("gpu", "kubernetes")]
    [InlineData("plain", null)]
    [InlineData("none", null)]
    public void EngineOf_Profile_IsFoundAboveTheProject(string profile, string? expected)
    {
        var folder = feed.NewFolder($"profiles-{profile}/src/App");
        File.WriteAllText(Path.Combine(folder, "../../flowgen.json"), """
            { // engines of the team
              "defaultProfile": "night", "profiles": { "night": { "engine": "slurm" }, "gpu": { "engine": "kubernetes", "datastore": "s3://b" }, "plain": {}, }
            }
            """);

        Assert.Equal(expected, EngineProfiles.EngineOf(profile, folder));
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        Assert.Null(EngineProfiles.EngineOf(profile, folder));
    }

    [Fact]
    public void Table_InTheDocumentation_HasEveryPropertyWithItsValues()
    {
        var rows = Row().Matches(File.ReadAllText(Repository.PathOf("docs/shipping.md")).Split("## Properties")[1]).ToDictionary(row => row.Groups[1].Value, row => row.Groups[2].Value);

        Assert.Equal(FlowProperty.All.Select(property => property.Name), rows.Keys);
        foreach (var property in FlowProperty.All.Where(property => property.Choices.Length > 0))
            Assert.StartsWith(string.Join(", ", property.Choices.Select((choice, i) => i == 0 ? $"**`{choice}`**" : $"`{choice}`")), rows[property.Name], StringComparison.Ordinal);
    }

    [Fact]
    public void Page_OfEachRuleOfTheBuild_Exists()
    {
        var ids = Directory.EnumerateFiles(Repository.PathOf("src/Build"), "*.*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".cs" or ".targets" && !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Id().Matches(File.ReadAllText(file)).Select(id => id.Value)).Distinct().Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Directory.EnumerateFiles(Repository.PathOf("docs/rules"), "FG09*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal), ids);
        Assert.All(ids, id => Assert.StartsWith($"# {id}: ", File.ReadAllText(Repository.PathOf($"docs/rules/{id}.md")), StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\| `(Flow\w+)` \| (.*?) \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"FG09\d\d")]
    private static partial Regex Id();
}
