using System.Buffers;
using FlowGen.CompilerServices;
using FlowGen.Executing.Secrets;
using FlowGen.Runs;

namespace FlowGen.Executing.Starting;

/// <summary>What a resumed run takes from its origin before it starts (H2).</summary>
internal static class Resumption
{
    /// <summary>The origin's values of today's parameters.</summary>
    /// <exception cref="FlowException">FG1210: the origin is a run of another flow. FG1211: its parameters do not fit today's flow.</exception>
    public static object?[] Parameters(RunRequest request, RunManifest origin)
    {
        if (origin.Run.Flow != request.Flow.Name)
            throw new FlowException("FG1210", $"Run {origin.Run} cannot be resumed by the flow '{request.Flow.Name}'. Name a run of this flow; 'runs' lists them.", 2);

        var recorded = origin.Parameters.ToDictionary(parameter => parameter.Name);
        return [.. request.Flow.Parameters.Select(parameter =>
        {
            if (request.Changes.TryGetValue(parameter.Name, out var given)) return given;
            if (!recorded.TryGetValue(parameter.Name, out var found)) return DefaultOf(request, parameter, origin);
            try
            {
                var value = parameter.Decode(new ReadOnlySequence<byte>(found.Value));
                return value is ISecret ? SecretOf(request, parameter) : value;
            }
            catch (ArtifactFormatException e)
            {
                throw new FlowException("FG1211", $"Run {origin.Run} cannot be resumed: parameter '{parameter.Name}' was recorded as {found.TypeName} and cannot be read as {parameter.TypeName}. Give it another value, or start a new run.", 2, e);
            }
        })];
    }

    /// <summary>The flow did not have the parameter then.</summary>
    private static object? DefaultOf(RunRequest request, ParameterDefinition parameter, RunManifest origin)
    {
        var value = request.Flow.Defaults()[request.Flow.Parameters.IndexOf(parameter)];
        if (parameter.IsSecret) return SecretOf(request, parameter);
        if (!parameter.IsRequired && parameter.Validate(value) is null) return value;
        throw new FlowException("FG1211", $"Run {origin.Run} cannot be resumed: it has no value for parameter '{parameter.Name}', which the flow has now, and which has no default; give it a value.", 2);
    }

    /// <summary>The value may have changed since; that is no other parameter.</summary>
    private static object SecretOf(RunRequest request, ParameterDefinition parameter) =>
        request.Secrets.Find(parameter, file: null) ?? throw new FlowException(
            "FG1014", $"Secret {parameter.Name} is not recorded and is read again by each resume, but it is nowhere; give it in {SecretSources.PlacesOfResume(parameter)}.", 2);
}
