using System.Buffers;
using System.Text;
using FlowGen.Runs;

namespace FlowGen.Executing.Reuse;

/// <summary>What the code of a run's steps is made of, as it is stored: equal code is stored once, however many runs it has.</summary>
internal static class CodeText
{
    /// <summary>Stores it: small ones in the log, others as a blob of their own.</summary>
    public static async ValueTask<CodeDescribed> StoreAsync(ArtifactStore artifacts, string text, CancellationToken cancel)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        if (bytes.Length <= StoredValue.InlineLimit) return new CodeDescribed(StoredValue.Of(bytes));
        using var content = new MemoryStream(bytes);
        return new CodeDescribed(await artifacts.WriteAsync(content, cancel).ConfigureAwait(false));
    }

    /// <summary>Reads that of a run; <c>null</c> if it has none.</summary>
    public static async ValueTask<CodeDescription?> ReadAsync(ArtifactStore artifacts, RunState run, CancellationToken cancel)
    {
        if (run.Code is not { } stored) return null;
        var content = await artifacts.ReadAsync(stored, cancel).ConfigureAwait(false);
        return CodeDescription.Parse(Encoding.UTF8.GetString(content.ToArray()));
    }
}
