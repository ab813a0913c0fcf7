using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace FlowGen.Build;

/// <summary>Name and password for a registry, from where <c>docker login</c> or <c>podman login</c> keeps them. A name of <c>&lt;token&gt;</c> means that the password is a token.</summary>
/// <param name="User">The name.</param>
/// <param name="Password">The password or token.</param>
public sealed record RegistryCredentials(string User, string Password)
{
    /// <summary>For the header of a request.</summary>
    public string Basic => Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}"));

    /// <summary>Finds those of a registry; <c>null</c> if nobody has logged in.</summary>
    /// <param name="registry">The host.</param>
    /// <param name="variable">Reads a variable of the environment.</param>
    /// <exception cref="BuildException">A file cannot be read, or a helper fails.</exception>
    public static RegistryCredentials? Find(string registry, Func<string, string?> variable)
    {
        // Docker Hub is listed under the address of its first version.
        string[] names = registry == "docker.io" ? ["https://index.docker.io/v1/", "docker.io"] : [registry, "https://" + registry];
        foreach (var file in Files(variable).Where(File.Exists))
        {
            var settings = Read(file);
            foreach (var name in names)
            {
                var helper = settings["credHelpers"]?[name]?.GetValue<string>() ?? (settings["auths"]?[name] is not null || settings["auths"] is null ? settings["credsStore"]?.GetValue<string>() : null);
                if (helper is not null && Ask(helper, name) is { } asked) return asked;
                if (settings["auths"]?[name] is JsonObject entry && Of(entry) is { } found) return found;
            }
        }

        return null;
    }

    private static IEnumerable<string> Files(Func<string, string?> variable)
    {
        if (variable("REGISTRY_AUTH_FILE") is { Length: > 0 } named) yield return named;
        if (variable("DOCKER_CONFIG") is { Length: > 0 } folder) yield return Path.Combine(folder, "config.json");
        else if ((variable("HOME") ?? variable("USERPROFILE")) is { Length: > 0 } home) yield return Path.Combine(home, ".docker", "config.json");
        if (variable("XDG_RUNTIME_DIR") is { Length: > 0 } runtime) yield return Path.Combine(runtime, "containers", "auth.json");
    }

    private static JsonNode Read(string file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file)) ?? new JsonObject();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Text.Json.JsonException)
        {
            throw new BuildException("FG0910", $"the credentials in {file} cannot be read: {e.Message}");
        }
    }

    private static RegistryCredentials? Of(JsonObject entry)
    {
        if (entry["identitytoken"]?.GetValue<string>() is { Length: > 0 } token) return new("<token>", token);
        if (entry["username"]?.GetValue<string>() is { Length: > 0 } name) return new(name, entry["password"]?.GetValue<string>() ?? "");
        if (entry["auth"]?.GetValue<string>() is not { Length: > 0 } packed) return null;
        return Encoding.UTF8.GetString(Convert.FromBase64String(packed)).TrimEnd('\0').Split(':', 2) is [var user, var password] ? new(user, password) : null;
    }

    private static RegistryCredentials? Ask(string helper, string registry)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker-credential-" + helper, "get") { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            process.StandardInput.Write(registry);
            process.StandardInput.Close();
            var answer = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            // A helper that knows nothing says so and fails.
            if (process.ExitCode != 0) return null;
            return JsonNode.Parse(answer) is { } found ? new(found["Username"]!.GetValue<string>(), found["Secret"]!.GetValue<string>()) : null;
        }
        catch (Win32Exception)
        {
            throw new BuildException("FG0910", $"the credentials for {registry} are kept by docker-credential-{helper}, which is not on this machine; install it, or log in without it");
        }
    }
}
