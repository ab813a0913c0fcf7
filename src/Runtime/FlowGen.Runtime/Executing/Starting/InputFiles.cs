using System.Collections.Immutable;
using FlowGen.CompilerServices;
using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>The files given as parameters: found before the run exists, stored once it does, and read from the store by every task.</summary>
internal sealed class InputFiles
{
    private readonly List<(int Parameter, int Position, InputFile File)> _found = [];
    private readonly ImmutableArray<InputFileStored> _stored;

    private InputFiles(ImmutableArray<InputFileStored> stored) => _stored = stored;

    /// <summary>Finds all files among the values of parameters.</summary>
    /// <param name="flow">The flow.</param>
    /// <param name="projectDirectory">Where its project is, if that is known.</param>
    /// <param name="parameters">One value per parameter, by position.</param>
    /// <param name="stored">Files that are in the store already and need not be found: those of the run that is resumed, which may have been killed before it had stored all of them.</param>
    /// <exception cref="FlowException">FG1010: a file does not exist.</exception>
    public static InputFiles Find(FlowDefinition flow, string? projectDirectory, object?[] parameters, ImmutableArray<InputFileStored> stored)
    {
        var files = new InputFiles(stored);
        for (var p = 0; p < parameters.Length; p++)
        {
            var position = -1;
            foreach (var file in FilesIn(parameters[p]))
            {
                position++;
                if (!stored.Any(known => known.Parameter == p && known.Position == position))
                    files._found.Add((p, position, file.Open is not null ? file : Locate(file.Path, flow.Parameters[p].Name, projectDirectory)));
            }
        }

        return files;
    }

    /// <summary>Stores the contents that are not in the store yet, and gives all.</summary>
    public async Task<ImmutableArray<InputFileStored>> StoreAsync(ArtifactStore artifacts, CancellationToken cancel)
    {
        var stored = _stored.ToBuilder();
        foreach (var (parameter, position, file) in _found) stored.Add(new InputFileStored(parameter, position, await StoreAsync(file, artifacts, cancel).ConfigureAwait(false)));
        return stored.ToImmutable();
    }

    private static async ValueTask<StoredValue> StoreAsync(InputFile file, ArtifactStore artifacts, CancellationToken cancel)
    {
        if (file.Open is null) return await artifacts.WriteFileAsync(file.Path, cancel).ConfigureAwait(false);
        using var content = file.Open();
        return await artifacts.WriteAsync(content, cancel).ConfigureAwait(false);
    }

    /// <summary>The values of parameters with files that read their stored contents.</summary>
    public static object?[] Attach(object?[] parameters, ImmutableArray<InputFileStored> stored, ArtifactStore artifacts)
    {
        var contents = stored.ToDictionary(file => (file.Parameter, file.Position), file => file.Content);
        return [.. parameters.Select((value, p) => value switch
        {
            InputFile file => Attach(file, contents[(p, 0)], artifacts),
            InputFile[] files => files.Select((file, position) => Attach(file, contents[(p, position)], artifacts)).ToArray(),
            _ => value,
        })];
    }

    /// <summary>The files of the run that is resumed; parameters may have other positions now.</summary>
    /// <param name="origin">The run.</param>
    /// <param name="flow">Today's flow.</param>
    /// <param name="changes">Parameters that have other values now: their files are looked for.</param>
    public static ImmutableArray<InputFileStored> Of(RunState origin, FlowDefinition flow, IReadOnlyDictionary<string, object?>? changes = null) =>
    [
        .. from file in origin.InputFiles
           let name = origin.Manifest.Parameters[file.Parameter].Name
           from parameter in Enumerable.Range(0, flow.Parameters.Length)
           where flow.Parameters[parameter].Name == name && changes?.ContainsKey(name) != true
           select file with { Parameter = parameter },
    ];

    private static InputFile Attach(InputFile file, StoredValue content, ArtifactStore artifacts) =>
        new(file.Path, content.Hash, content.Size, () => artifacts.OpenRead(content)) { Stored = content };

    private static string Locate(string path, string parameter, string? projectDirectory)
    {
        string[] places = [.. new[] { Environment.CurrentDirectory, projectDirectory }.OfType<string>().Select(place => Path.GetFullPath(path, place)).Distinct()];
        if (places.FirstOrDefault(File.Exists) is not { } found)
            throw new FlowException("FG1010", $"The input file '{path}' of parameter '{parameter}' does not exist: there is no {string.Join(" and no ", places)}. Give the path of an existing file.", 2);
        return found;
    }

    /// <summary>The files in the value of a parameter.</summary>
    public static InputFile[] FilesIn(object? value) => value switch
    {
        InputFile file => [file],
        InputFile[] files => files,
        _ => [],
    };
}
