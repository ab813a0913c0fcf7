using System.Collections.Immutable;
using FlowGen.Engines;
using FlowGen.Executing.Isolation;
using FlowGen.Runs;

namespace FlowGen.CommandLine;

/// <summary>Which engine, and what is set for it: options first, then the profile.</summary>
internal static class EngineOptions
{
    public const string Profile = "--profile";

    private const string Engine = "--engine", Set = "--set", Worker = "--worker", Image = "--image", BadSetting = "FG1304", NoProgram = "FG1305";

    public static IReadOnlyList<OptionSpec> All =>
    [
        new(Engine, "NAME", "The engine.") { Default = "that of the profile, else local: this machine" },
        .. Sending,
    ];

    /// <summary>Of a verb that only needs a datastore.</summary>
    public static OptionSpec Reading { get; } = new(Profile, "NAME", "A profile of flowgen.json, for its datastore.") { Default = "its defaultProfile" };

    /// <summary>Of a verb that says the engine in another way.</summary>
    public static IReadOnlyList<OptionSpec> Sending =>
    [
        new(Profile, "NAME", "A profile of flowgen.json.") { Default = "its defaultProfile" },
        new(Set, "NAME=VALUE", "Sets something for the engine; may be given several times.") { IsRepeatable = true },
        new(Worker, "FILE", "The program that jobs start, where all machines see it.") { Default = "this program" },
        new(Image, "REF", "The image that jobs start, for engines that start images."),
    ];

    /// <summary>What was chosen, as it is recorded.</summary>
    /// <param name="call">The options.</param>
    /// <param name="named">The engine, if it was named in another way.</param>
    /// <param name="hasDriverJob">Whether a job of the engine drives the run.</param>
    /// <exception cref="FlowException">FG1301-1305: something of it makes no sense.</exception>
    public static RunSubmitted Read(VerbCall call, string? named, bool hasDriverJob)
    {
        if (call.Arguments.Text(RecordedEngine.Option) is { } recorded) return RecordedEngine.Read(recorded);
        var (name, settings) = Chosen(call, named);
        return new RunSubmitted(name, settings, ProgramOf(call, name == RunSubmitted.Local ? null : EngineCatalog.Find(name)), hasDriverJob, ImmutableSortedDictionary<string, string>.Empty);
    }

    /// <summary>What was chosen, for what starts no program.</summary>
    public static EngineSettings ReadSettings(VerbCall call)
    {
        var (name, settings) = Chosen(call, named: null);
        return new EngineSettings(name, settings, "") { StoreFolder = call.StorePlace is var place && place.Contains("://", StringComparison.Ordinal) ? null : place };
    }

    private static (string Engine, ImmutableSortedDictionary<string, string> Settings) Chosen(VerbCall call, string? named)
    {
        var (arguments, profile) = (call.Arguments, ProfileOf(call));
        var name = named ?? arguments.Text(Engine) ?? profile?.Engine ?? RunSubmitted.Local;
        // A profile is of one engine: what it sets means nothing to another.
        var given = profile is not null && (profile.Engine ?? RunSubmitted.Local) == name ? profile.Settings : ImmutableSortedDictionary<string, string>.Empty;
        foreach (var text in arguments.Texts(Set) ?? [])
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } setting, var value]) throw new FlowException(BadSetting, $"Option --set: '{text}' is no setting; write it as --set partition=long.", ExitCodes.Usage);
            given = given.SetItem(setting, value);
        }

        var engine = name == RunSubmitted.Local ? null : EngineCatalog.Find(name);
        if (engine is { StartsJobs: false } && !arguments.Has(ManifestExport.Option.Name))
            throw new FlowException(ManifestExport.Misfit, $"The engine {name} is sent no runs: it starts them itself, by a manifest that 'submit --engine {name} {ManifestExport.Option.Name} FILE' writes.", ExitCodes.Usage);
        var known = engine is null ? [] : engine.Settings.AddRange(CoreSettings.All);
        var checkedSettings = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var setting in known)
            if (setting.Default is { } standard) checkedSettings[setting.Name] = standard;
        foreach (var (setting, value) in given) checkedSettings[setting] = Checked(call, name, known, setting, value, profile);
        return (name, checkedSettings.ToImmutable());
    }

    private static EngineProfile? ProfileOf(VerbCall call) =>
        EngineProfile.Find(call.Arguments.Text(Profile), call.Environment.CurrentDirectory);

    private static string Checked(VerbCall call, string engine, ImmutableArray<EngineSetting> known, string name, string value, EngineProfile? profile)
    {
        if (known.FirstOrDefault(setting => setting.Name == name) is not { } setting)
        {
            var hint = known.IsEmpty ? "it has none." : NearMiss.Of(name, known.Select(candidate => candidate.Name)) is { } near ? $"did you mean {near}?" : $"it has {string.Join(", ", known.Select(candidate => candidate.Name))}.";
            throw new FlowException(BadSetting, $"The engine {engine} has no setting '{name}'; {hint}", ExitCodes.Usage);
        }

        if (setting.IsFile) value = ReadFile(name, value, profile?.Settings.ContainsKey(name) == true ? Path.GetDirectoryName(profile.File)! : call.Environment.CurrentDirectory);
        return setting.WhyNot?.Invoke(value) is { } why ? throw new FlowException(BadSetting, $"The setting '{name}' of the engine {engine} {why}.", ExitCodes.Usage) : value;
    }

    private static string ReadFile(string name, string path, string directory)
    {
        try
        {
            return File.ReadAllText(Path.GetFullPath(path, directory));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FlowException(BadSetting, $"The file of the setting '{name}' cannot be read: {e.Message}", ExitCodes.Usage, e);
        }
    }

    private static string ProgramOf(VerbCall call, Engine? engine)
    {
        var (worker, image) = (call.Arguments.Text(Worker), call.Arguments.Text(Image));
        if (engine is null) return worker is null ? "" : Existing();
        if (engine.StartsImages) return image ?? throw new FlowException(NoProgram, $"The engine {engine.Name} starts images: name one with --image, or let 'dotnet build -t:SubmitFlow -p:FlowEngine={engine.Name}' make it.", ExitCodes.Usage);
        if (image is not null) throw new FlowException(NoProgram, $"The engine {engine.Name} starts programs and no images: name one with --worker.", ExitCodes.Usage);
        if (worker is not null) return Existing();
        return WorkerProgram.Path ?? throw new FlowException(NoProgram,
            $"The engine {engine.Name} needs a program that its machines can start, and this one is started by 'dotnet'. Name one with --worker, or let 'dotnet build -t:SubmitFlow -p:FlowEngine={engine.Name}' make it.", ExitCodes.Usage);

        string Existing() => File.Exists(worker = Path.GetFullPath(worker, call.Environment.CurrentDirectory)) ? worker : throw new FlowException(NoProgram, $"Option --worker: there is no file {worker}.", ExitCodes.Usage);
    }
}
