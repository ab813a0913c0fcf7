using System.Text.Json;
using FlowGen.CompilerServices;

namespace FlowGen.Executing.Secrets;

/// <summary>The user secrets of .NET: a JSON file outside of the project that <c>dotnet user-secrets set NAME VALUE</c> writes.</summary>
internal static class UserSecrets
{
    /// <summary>Where the SDK keeps the secrets of this program; <c>null</c> if its project has no <c>UserSecretsId</c>, or it was published.</summary>
    public static string? FileOfProcess() => AppContext.GetData("FlowGen.UserSecretsId") is string { Length: > 0 } id ? FileOf(id, Environment.GetEnvironmentVariable) : null;

    /// <summary>As the SDK finds it.</summary>
    public static string? FileOf(string id, Func<string, string?> variable)
    {
        if (variable("APPDATA") is { Length: > 0 } data) return Path.Combine(data, "Microsoft", "UserSecrets", id, "secrets.json");
        var home = variable("HOME") is { Length: > 0 } set ? set
            : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile) is { Length: > 0 } profile ? profile
            : variable("DOTNET_USER_SECRETS_FALLBACK_DIR");
        return string.IsNullOrEmpty(home) ? null : Path.Combine(home, ".microsoft", "usersecrets", id, "secrets.json");
    }

    /// <summary>A secret by name, ignoring case as configuration does; <c>null</c> if there is none.</summary>
    /// <exception cref="FlowException">FG1014: the file cannot be read.</exception>
    public static string? Read(string? file, string name)
    {
        if (file is null || !File.Exists(file)) return null;
        try
        {
            var json = JsonInput.Reader(WithoutMark(File.ReadAllBytes(file)));
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isIt = JsonInput.Text(json).Equals(name, StringComparison.OrdinalIgnoreCase);
                json.Read();
                if (isIt && json.TokenType is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False) return JsonInput.Text(json);
                json.Skip();
            }

            return null;
        }
        catch (Exception e) when (e is JsonException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new FlowException("FG1014", $"The user secrets of this program, {file}, cannot be read: {(e is JsonException json ? JsonInput.Reason(json) : e.Message)}", 2, e);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(byte[] utf8) => utf8.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? utf8.AsSpan(3) : utf8;
}
