using System.Security.Cryptography;

namespace FlowGen.Executing.Starting;

/// <summary>The file that holds the program's code: the main assembly, or the executable of a native program.</summary>
internal static class ProgramFile
{
    /// <summary>SHA-256 in lower-case hexadecimal digits; <c>null</c> if the file cannot be read. Builds are deterministic, so unchanged code has an unchanged hash.</summary>
    public static string? Hash()
    {
        // The first argument is the main assembly where there is one, and the executable otherwise.
        var path = Environment.GetCommandLineArgs() is [var first, ..] && File.Exists(first) ? first : Environment.ProcessPath;
        if (path is null) return null;
        try
        {
            using var file = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
