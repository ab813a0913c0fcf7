using Generator.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Generator.Tests.Fingerprints;

/// <summary>What the generator says of the code of the steps of a program.</summary>
internal sealed class Fingerprinted
{
    private readonly Dictionary<string, List<string>> _steps = [];
    private readonly Dictionary<string, string> _reads = [];

    public Fingerprinted(CSharpCompilation compilation, string? dependencies = null)
    {
        var driver = Compiler.Driver();
        if (dependencies is not null) driver = (CSharpGeneratorDriver)driver.AddAdditionalTexts([new Text("/obj/FlowGen.Dependencies.txt", dependencies)]);
        var result = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _, TestContext.Current.CancellationToken).GetRunResult().Results.Single();
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics.Where(problem => problem.Severity == DiagnosticSeverity.Error));
        Output = (CSharpCompilation)output;
        var text = result.GeneratedSources.Single(source => source.HintName.EndsWith(".code.g.cs", StringComparison.Ordinal)).SourceText.ToString();
        var parts = new List<string>();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.StartsWith("part ", StringComparison.Ordinal)) parts.Add(line[5..]);
            if (line.Split(' ') is ["step", var step, .. var positions]) _steps.Add(step, [.. positions.Select(position => parts[int.Parse(position, null)])]);
            if (line.Split(' ') is ["reads", var reader, .. var names]) _reads.Add(reader, string.Join(" ", names));
        }
    }

    public CSharpCompilation Output { get; }

    public IEnumerable<string> Steps => _steps.Keys;

    /// <summary>All parts of a step, as <c>kind value name</c>.</summary>
    public IReadOnlyList<string> Parts(string step) => _steps[step];

    /// <summary>Their names alone.</summary>
    public IEnumerable<string> Names(string step) => _steps[step].Select(part => string.Join(" ", part.Split(' ')[2..]));

    public string Reads(string step) => _reads.GetValueOrDefault(step, "");

    /// <summary>The steps whose code or whose parameters are others than in another program.</summary>
    public string Changed(Fingerprinted other) => string.Join(" ", _steps.Keys.Where(step => !_steps[step].SequenceEqual(other._steps[step]) || Reads(step) != other.Reads(step)));

    private sealed class Text(string path, string content) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(content);
    }
}
