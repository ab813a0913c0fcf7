using FlowGen.CommandLine;
using FlowGen.CompilerServices;

namespace FlowGen.Executing;

/// <summary>Checks the parameters that code gives a flow.</summary>
internal static class ParameterChecks
{
    /// <summary>The values of the parameters of a flow object, by position.</summary>
    /// <exception cref="FlowException">FG1005: one is not valid.</exception>
    public static object?[] Checked(FlowDefinition definition, object flow)
    {
        var values = definition.ReadParameters(flow);
        for (var i = 0; i < values.Length; i++)
        {
            if (definition.Parameters[i].Validate(values[i]) is { } wrong)
                throw new FlowException("FG1005", ParameterDefinition.IsInside(wrong)
                    ? $"Parameter {definition.ClassName}.{definition.Parameters[i].Property}{wrong}."
                    : $"Parameter {definition.ClassName}.{definition.Parameters[i].Property}: {Shown(definition.Parameters[i], values[i])} {wrong}.", ExitCodes.Usage);
        }

        return values;
    }

    /// <summary>As it would be given as text; a collection in JSON.</summary>
    private static string Shown(ParameterDefinition parameter, object? value) => parameter.IsCollection || parameter.IsJson
        ? ParameterJson.Show(parameter, value)
        : $"'{Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)}'";
}
