using System.Text.Json;

namespace Package.Tests.Infrastructure;

/// <summary>What a program said and how it ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Error)
{
    public ToolResult MustSucceed()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}\n{Output}\n{Error}");
        return this;
    }

    public ToolResult MustFail()
    {
        Assert.True(ExitCode != 0, $"It succeeded, which it must not.\n{Output}");
        return this;
    }

    /// <summary>Standard output as JSON.</summary>
    public JsonElement Json()
    {
        MustSucceed();
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }
}
