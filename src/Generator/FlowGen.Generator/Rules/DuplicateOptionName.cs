using FlowGen.Generator.Diagnostics;
using FlowGen.Generator.Parsing;

namespace FlowGen.Generator.Rules;

/// <summary>FG0704: two names that differ in case or underscores only become one option.</summary>
internal static class DuplicateOptionName
{
    public static void Check(FlowContext context)
    {
        var options = new Dictionary<string, ParameterDeclaration>(StringComparer.Ordinal);
        foreach (var parameter in context.Parameters)
        {
            var option = Names.Kebab(parameter.Property.Name);
            if (!options.TryGetValue(option, out var other)) options.Add(option, parameter);
            else if (!string.Equals(other.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
                context.Report(Descriptors.DuplicateOptionName, parameter.Place, [other.Place], parameter.Name, option, other.Description);
        }

        // The file of a secret has an option and a variable of its own.
        foreach (var secret in context.Parameters.Where(parameter => parameter.Property.Type.OriginalDefinition.Is(context.Known.Secret)))
        {
            if (options.TryGetValue(Names.Kebab(secret.Property.Name) + "-file", out var other) && other != secret)
                context.Report(Descriptors.DuplicateOptionName, other.Place, [secret.Place], other.Name, Names.Kebab(other.Property.Name), $"the file of secret '{secret.Name}'");
        }
    }
}
