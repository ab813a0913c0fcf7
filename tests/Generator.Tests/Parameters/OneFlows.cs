using FlowGen.CompilerServices;
using Generator.Tests.Support;

namespace Generator.Tests.Parameters;

/// <summary>A flow with one parameter for each of many types, compiled as one program: a table of cases costs one compilation.</summary>
internal sealed class OneFlows
{
    private readonly Dictionary<string, FlowDefinition> _flows = [];

    /// <param name="declarations">Types that all of them may use.</param>
    /// <param name="types">Types of the parameter <c>given</c>.</param>
    public OneFlows(string declarations, IEnumerable<string> types)
    {
        string[] all = [.. types.Distinct()];
        var program = new Loaded([declarations, .. all.Select((type, i) => $$"""
            namespace Case{{i}};

            [Flow("case-{{i}}")]
            public partial class OneFlow
            {
                [Parameter] public required {{type}} Given { get; init; }
                [Step] public string Show() => $"{Given}";
            }
            """)]);
        for (var i = 0; i < all.Length; i++) _flows.Add(all[i], program.Definition($"Case{i}.OneFlow"));
    }

    public FlowDefinition this[string type] => _flows[type];
}
