using System.Text.Json;

namespace FlowGen.Build;

/// <summary>Which engine a profile of <c>flowgen.json</c> names. What else is in the file, and what is wrong with it, is the business of the program that submits.</summary>
public static class EngineProfiles
{
    /// <summary>The engine of a profile; <c>null</c> if none says so.</summary>
    /// <param name="profile">Its name; empty: the default of the file.</param>
    /// <param name="folder">Where to look for the file first; then in the folders above, up to the Git repository.</param>
    public static string? EngineOf(string profile, string folder)
    {
        for (var place = new DirectoryInfo(folder); place is not null; place = place.Parent)
        {
            var file = Path.Combine(place.FullName, "flowgen.json");
            if (File.Exists(file)) return Read(file, profile);
            if (Path.Exists(Path.Combine(place.FullName, ".git"))) return null;
        }

        return null;
    }

    private static string? Read(string file, string profile)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (profile.Length == 0) profile = root.TryGetProperty("defaultProfile", out var standard) ? standard.GetString() ?? "" : "";
            return root.TryGetProperty("profiles", out var profiles) && profiles.TryGetProperty(profile, out var found) && found.TryGetProperty("engine", out var engine) ? engine.GetString() : null;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return null;
        }
    }
}
