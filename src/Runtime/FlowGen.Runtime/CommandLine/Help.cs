using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>Help, written from the definitions.</summary>
internal static class Help
{
    private const int Column = 30;
    private const int Width = 110;

    /// <summary>All options of a verb, its parameters first.</summary>
    public static IReadOnlyList<OptionSpec> OptionsOf(Verb verb, FlowDefinition? flow)
    {
        IEnumerable<OptionSpec> parameters = (verb.TakesParameters || verb is ResumeVerb) && flow is not null ? ParameterOptions.Of(flow) : [];
        return [.. parameters, .. OwnOptions(verb), OptionSpec.Verbose, OptionSpec.Help];
    }

    /// <summary>Wherever a datastore can be named, a profile can name it.</summary>
    private static IEnumerable<OptionSpec> OwnOptions(Verb verb)
    {
        var options = verb.Options;
        return options.Any(option => option.Name == EngineOptions.Profile) ? options : options.SelectMany(option => option == OptionSpec.Store ? [option, EngineOptions.Reading] : new[] { option });
    }

    public static void WriteOverview(TextWriter output, IReadOnlyList<FlowDefinition> flows, string program)
    {
        if (flows.Count == 1)
        {
            output.WriteLine(Title(flows[0]));
        }
        else
        {
            output.WriteLine("Flows:");
            foreach (var flow in flows) Row(output, flow.Name, flow.Description ?? "");
        }

        output.WriteLine();
        output.WriteLine($"Usage: {program} VERB{(flows.Count == 1 ? "" : " [FLOW]")} [arguments] [options]");
        output.WriteLine();
        output.WriteLine("Verbs:");
        foreach (var verb in Verb.All) Row(output, verb.Name, verb.Summary);
        if (flows.Count == 1) WriteParameters(output, flows[0]);
        output.WriteLine();
        output.WriteLine($"'{program} VERB --help' tells more; '--version' shows the version.");
    }

    public static void WriteVerb(TextWriter output, Verb verb, FlowDefinition? flow, IReadOnlyList<FlowDefinition> flows, string program)
    {
        output.WriteLine(verb.Summary);
        if (verb.TakesParameters && flow is { Description: not null }) output.WriteLine(Title(flow));
        output.WriteLine();
        var flowName = flows.Count == 1 ? "" : flow is not null ? " " + flow.Name : verb.NeedsFlow ? " FLOW" : " [FLOW]";
        output.WriteLine($"Usage: {program} {verb.Name}{flowName}{(verb.Usage.Length > 0 ? " " + verb.Usage : "")} [options]");
        if (verb.Usage.Contains("RUN", StringComparison.Ordinal))
        {
            output.WriteLine();
            output.WriteLine("Arguments:");
            Row(output, "RUN", "Id of the run, its short form, latest, latest-failed, or @TAG for the only one that carries it. Default: latest");
        }

        if (verb.TakesParameters && flow is not null) WriteParameters(output, flow);
        output.WriteLine();
        output.WriteLine("Options:");
        foreach (var option in (IEnumerable<OptionSpec>)[.. OwnOptions(verb).Where(option => !option.IsHidden), OptionSpec.Verbose, OptionSpec.Help]) WriteOption(output, option);
        if (verb.Remarks.Length == 0) return;
        output.WriteLine();
        output.WriteLine(verb.Remarks);
    }

    private static string Title(FlowDefinition flow) => flow.Description is null ? flow.Name : $"{flow.Name}: {flow.Description}";

    private static void WriteParameters(TextWriter output, FlowDefinition flow)
    {
        if (flow.Parameters.IsEmpty) return;
        output.WriteLine();
        output.WriteLine("Parameters of 'run':");
        foreach (var option in ParameterOptions.Of(flow).Where(option => !option.IsHidden)) WriteOption(output, option);
    }

    private static void WriteOption(TextWriter output, OptionSpec option)
    {
        var value = option.Value is null ? "" : option.ValueIsOptional ? $" [{option.Value}]" : $" {option.Value}";
        var text = string.Join(' ', new[] { option.Description, option.IsRequired ? "Required." : null, option.Note, option.Default is null ? null : $"Default: {option.Default}" }.Where(part => !string.IsNullOrEmpty(part)));
        Row(output, option.Name + value, text);
    }

    private static void Row(TextWriter output, string left, string right)
    {
        output.Write("  " + left);
        var at = left.Length + 2;
        foreach (var line in Wrap(right, Width - Column))
        {
            if (at + 2 > Column)
            {
                output.WriteLine();
                at = 0;
            }

            output.Write(new string(' ', Column - at));
            output.Write(line);
            at = Column;
        }

        output.WriteLine();
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        if (line.Length > 0) yield return line;
    }
}
