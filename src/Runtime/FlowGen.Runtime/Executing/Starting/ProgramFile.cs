using System.Security.Cryptography;

namespace FlowGen.Executing.Starting;

/// <summary>The file that holds the program's code: the main assembly, or the executable of a native program.</summary>
internal static class ProgramFile
{
    /// <summary>SHA-256 in lower-case hexadecimal digits; <c>null</c> if the file cannot be read. Builds are deterministic, so unchanged code has an unchanged hash.</summary>
    public static async Task<string?> HashAsync()
    {
        // The first argument is the main assembly where there is one, and the executable otherwise.
        var path = Environment.GetCommandLineArgs() is [var first, ..] && File.Exists(first) ? first : Environment.ProcessPath;
        if (path is null) return null;
        try
        {
            await using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(file).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
