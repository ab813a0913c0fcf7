using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>A named set of settings in <c>flowgen.json</c>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Engine">The engine; <c>null</c> if it does not say.</param>
/// <param name="Datastore">The store; <c>null</c> if it does not say.</param>
/// <param name="Settings">What it sets, by name.</param>
/// <param name="File">Where it stands; relative paths in it start there.</param>
internal sealed record EngineProfile(string Name, string? Engine, string? Datastore, ImmutableSortedDictionary<string, string> Settings, string File)
{
    public const string FileName = "flowgen.json";

    /// <summary>The store as everybody names it: a URL, or a full path.</summary>
    public string? StorePlace => Datastore is null || Datastore.Contains("://", StringComparison.Ordinal) ? Datastore : Path.GetFullPath(Datastore, Path.GetDirectoryName(File)!);

    private const string Unreadable = "FG1301", Unknown = "FG1302";

    /// <summary>The profile that was named, or the file's default; <c>null</c> if nobody named one and there is no default.</summary>
    /// <param name="name">The name, if one was given.</param>
    /// <param name="directory">Where to look first; then in the directories above, up to the Git repository.</param>
    /// <exception cref="FlowException">FG1301: the file makes no sense. FG1302: there is no such profile.</exception>
    public static EngineProfile? Find(string? name, string directory)
    {
        if (FileOf(directory) is not { } file)
        {
            return name is null ? null : throw new FlowException(Unknown, $"Option --profile: there is no profile '{name}', as there is no {FileName} in {directory} or above; write one: {{ \"profiles\": {{ \"{name}\": {{ \"engine\": \"slurm\" }} }} }}.", ExitCodes.Usage);
        }

        var (profiles, standard) = Read(file);
        if ((name ?? standard) is not { } wanted) return null;
        if (profiles.FirstOrDefault(profile => profile.Name == wanted) is { } found) return found;
        var hint = NearMiss.Of(wanted, profiles.Select(profile => profile.Name)) is { } near ? $"did you mean {near}?" : profiles.Count == 0 ? "it has none." : $"it has {string.Join(", ", profiles.Select(profile => profile.Name))}.";
        throw new FlowException(Unknown, $"{(name is null ? $"'defaultProfile' of {file}" : "Option --profile")}: there is no profile '{wanted}' in {file}; {hint}", ExitCodes.Usage);
    }

    private static string? FileOf(string start)
    {
        for (var directory = new DirectoryInfo(start); directory is { Exists: true }; directory = directory.Parent)
        {
            var file = Path.Combine(directory.FullName, FileName);
            if (System.IO.File.Exists(file)) return file;
            if (Path.Exists(Path.Combine(directory.FullName, ".git"))) return null;
        }

        return null;
    }

    private static (List<EngineProfile> Profiles, string? Default) Read(string file)
    {
        try
        {
            return JsonInput.Parse(System.IO.File.ReadAllText(file, Encoding.UTF8), (ref json) =>
            {
                var (profiles, standard) = (new List<EngineProfile>(), (string?)null);
                Each(ref json, "the file", (string member, ref Utf8JsonReader inner) =>
                {
                    switch (member)
                    {
                        case "profiles": Each(ref inner, "'profiles'", (string name, ref Utf8JsonReader profile) => profiles.Add(ReadProfile(ref profile, name, file))); break;
                        case "defaultProfile": standard = Text(ref inner, member); break;
                        default: throw Stranger(inner, member, ["profiles", "defaultProfile"]);
                    }
                });
                return (profiles, standard);
            });
        }
        catch (JsonInputException e)
        {
            throw new FlowException(Unreadable, $"{file}: {e.Message.TrimEnd('.')}.", ExitCodes.Usage, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlowException(Unreadable, $"{file} cannot be read: {e.Message}", ExitCodes.Usage, e);
        }
    }

    private static EngineProfile ReadProfile(ref Utf8JsonReader json, string name, string file)
    {
        var (engine, datastore) = ((string?)null, (string?)null);
        var settings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        Each(ref json, $"the profile '{name}'", (string member, ref Utf8JsonReader inner) =>
        {
            switch (member)
            {
                case "engine": engine = Text(ref inner, member); break;
                case "datastore": datastore = Text(ref inner, member); break;
                case "settings": Each(ref inner, $"'settings' of '{name}'", (string setting, ref Utf8JsonReader value) => settings[setting] = Text(ref value, setting, simple: true)); break;
                default: throw Stranger(inner, member, ["engine", "datastore", "settings"]);
            }
        });
        return new EngineProfile(name, engine, datastore, settings.ToImmutable(), file);
    }

    private delegate void Member(string name, ref Utf8JsonReader json);

    private static void Each(ref Utf8JsonReader json, string what, Member member)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw JsonInput.Unexpected(json, $"an object for {what}");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = JsonInput.Text(json);
            json.Read();
            member(name, ref json);
        }
    }

    private static string Text(ref Utf8JsonReader json, string member, bool simple = false)
    {
        if (json.TokenType != JsonTokenType.String && !(simple && json.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)) throw JsonInput.Unexpected(json, "text");
        var text = JsonInput.Text(json);
        // "C:\runs" is good JSON, and no folder.
        return text.Any(char.IsControl) ? throw new JsonInputException(json.TokenStartIndex, $"has a control character in \"{member}\"; a backslash is written twice: \"C:\\\\runs\"") : text;
    }

    private static JsonInputException Stranger(in Utf8JsonReader json, string member, string[] known) =>
        new(json.TokenStartIndex, $"has the unknown member \"{member}\"; {(NearMiss.Of(member, known) is { } near ? $"did you mean \"{near}\"?" : $"there are {string.Join(", ", known)}")}");
}
