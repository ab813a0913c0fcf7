using System.Globalization;
using System.Text.Json;
using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;

namespace FlowGen.CommandLine;

/// <summary>Parameters from a JSON file: an object with a member for each, such as <c>{"testShare": 0.3}</c>. Names are matched ignoring case; what is not known is a mistake.</summary>
internal sealed class ParameterFile
{
    private readonly Dictionary<int, (object? Value, int Line)> _values = [];
    private readonly HashSet<int> _wrong = [];
    private readonly string _name;

    private ParameterFile(string name) => _name = name;

    public static ParameterFile None { get; } = new("");

    /// <summary>Reads all parameters that a file has.</summary>
    /// <param name="path">The file, or <c>-</c> for standard input.</param>
    /// <param name="flow">The flow.</param>
    /// <param name="environment">Says where relative paths start.</param>
    /// <param name="errors">Gets every mistake.</param>
    public static ParameterFile Read(string path, FlowDefinition flow, CommandEnvironment environment, List<UsageError> errors)
    {
        var file = new ParameterFile(path == SecretSources.StandardInput ? "Standard input" : $"File {path}");
        try
        {
            file.Read(ReadAll(path, environment), flow, errors);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            errors.Add(new UsageError("FG1012", $"Option --params: {path} cannot be read: {e.Message}"));
            file.HasNothing(flow);
        }

        return file;
    }

    /// <summary>Whether the file has a parameter, be it right or wrong.</summary>
    public bool Has(int parameter) => _values.ContainsKey(parameter) || _wrong.Contains(parameter);

    /// <summary>Takes the value of a parameter, if it is right.</summary>
    public void Take(int position, ParameterDefinition parameter, ref object? value, List<UsageError> errors)
    {
        if (!_values.TryGetValue(position, out var found)) return;
        value = found.Value;
        if (parameter.Validate(value) is { } wrong) errors.Add(new UsageError("FG1005", ParameterDefinition.IsInside(wrong) ? $"{Place(found.Line)}: {parameter.Name}{wrong}." : $"{Place(found.Line)}: {parameter.Name}: {ParameterJson.Show(parameter, value)} {wrong}."));
    }

    private void Read(byte[] content, FlowDefinition flow, List<UsageError> errors)
    {
        // A byte order mark is no part of the text.
        var utf8 = content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? content.AsSpan(3) : content;
        var json = JsonInput.Reader(utf8);
        try
        {
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                errors.Add(new UsageError("FG1012", $"{Place(LineOf(utf8, json.TokenStartIndex))}: expected an object with a member for each parameter, found {(json.TokenType == JsonTokenType.String ? "a text" : JsonInput.Found(json))}."));
                HasNothing(flow);
                return;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName) ReadMember(ref json, utf8, flow, errors);
            json.Read();
        }
        catch (JsonException e)
        {
            errors.Add(new UsageError("FG1012", $"{Place((int)(e.LineNumber ?? 0) + 1)}: this is not JSON: {JsonInput.Reason(e)}."));
            HasNothing(flow);
        }
        catch (JsonInputException e)
        {
            errors.Add(new UsageError("FG1012", $"{Place(LineOf(utf8, e.Offset))}: a name {ParameterBinder.End(e.Message)}"));
            HasNothing(flow);
        }
    }

    private void ReadMember(ref Utf8JsonReader json, ReadOnlySpan<byte> utf8, FlowDefinition flow, List<UsageError> errors)
    {
        var name = JsonInput.Text(json);
        var line = LineOf(utf8, json.TokenStartIndex);
        json.Read();

        // The mistake may lie deep inside of the value; what comes after it is read all the same.
        var value = json;
        json.Skip();
        var position = Find(flow, name);
        if (position < 0) errors.Add(new UsageError("FG1012", $"{Place(line)}: {Unknown(flow, name)}"));
        else if (flow.Parameters[position].IsSecret) errors.Add(new UsageError("FG1013", $"{Place(line)}: {name} is a secret, which this file is not; give it in {SecretSources.Places(flow.Parameters[position])}."));
        else if (_values.ContainsKey(position) || !_wrong.Add(position)) errors.Add(new UsageError("FG1012", $"{Place(line)}: {name} is given twice."));
        else
        {
            try
            {
                _values.Add(position, (flow.Parameters[position].Read(ref value), line));
                _wrong.Remove(position);
            }
            catch (JsonInputException e)
            {
                var path = flow.Parameters[position].Name + (e.Path.Length == 0 || e.Path[0] == '[' ? "" : ".");
                errors.Add(new UsageError("FG1012", $"{Place(LineOf(utf8, e.Offset))}: {path}{(e.Path.Length == 0 ? ": " : "")}{ParameterBinder.End(e.Message)}"));
            }
        }
    }

    /// <summary>What the file would have said nobody knows, so nothing is missing.</summary>
    private void HasNothing(FlowDefinition flow) => _wrong.UnionWith(Enumerable.Range(0, flow.Parameters.Length));

    private static int Find(FlowDefinition flow, string name)
    {
        for (var i = 0; i < flow.Parameters.Length; i++)
        {
            if (flow.Parameters[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }

    private static string Unknown(FlowDefinition flow, string name)
    {
        var names = flow.Parameters.Where(parameter => !parameter.IsSecret).Select(parameter => parameter.Name).ToList();
        return NearMiss.Of(name, names) is { } near ? $"there is no parameter '{name}'; did you mean '{near}'?"
            : names.Count == 0 ? $"there is no parameter '{name}'; {flow.Name} has none."
            : $"there is no parameter '{name}'; {flow.Name} has {string.Join(", ", names)}.";
    }

    private static byte[] ReadAll(string path, CommandEnvironment environment)
    {
        if (path != SecretSources.StandardInput) return File.ReadAllBytes(Path.GetFullPath(path, environment.CurrentDirectory));
        using var input = environment.InputStream();
        using var content = new MemoryStream();
        input.CopyTo(content);
        return content.ToArray();
    }

    private string Place(int line) => string.Create(CultureInfo.InvariantCulture, $"{_name}, line {line}");

    private static int LineOf(ReadOnlySpan<byte> utf8, long offset) => utf8[..(int)offset].Count((byte)'\n') + 1;
}
