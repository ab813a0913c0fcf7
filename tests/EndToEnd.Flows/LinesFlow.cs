using FlowGen;
using Microsoft.Extensions.Logging;

namespace EndToEnd.Flows;

/// <summary>Counts the lines of a file.</summary>
[Flow]
public partial class LinesFlow
{
    /// <summary>Any text file.</summary>
    [Parameter] public required InputFile Text { get; init; }

    [Step]
    public int Lines(ILogger logger)
    {
        var count = Text.ReadLines().Count();
        logger.LogInformation("{Count} lines", count);
        return count;
    }
}
