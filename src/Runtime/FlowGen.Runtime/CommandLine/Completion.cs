using System.CommandLine;
using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>Answers <c>dotnet-suggest</c>: only here the whole command line is built at once.</summary>
internal static class Completion
{
    public static Task<int> RunAsync(IReadOnlyList<FlowDefinition> flows, IReadOnlyList<string> args, CommandEnvironment environment)
    {
        var root = new RootCommand();
        foreach (var verb in Verb.All)
        {
            var command = new Command(verb.Name, verb.Summary);
            if (flows.Count == 1) AddOptions(command, verb, flows[0]);
            else foreach (var flow in flows) AddOptions(Add(command, new Command(flow.Name, flow.Description)), verb, flow);
            root.Subcommands.Add(command);
        }

        return root.Parse(args).InvokeAsync(new InvocationConfiguration { Output = environment.Out, Error = environment.Error });
    }

    private static Command Add(Command parent, Command child)
    {
        parent.Subcommands.Add(child);
        return child;
    }

    private static void AddOptions(Command command, Verb verb, FlowDefinition flow)
    {
        foreach (var spec in Help.OptionsOf(verb, flow).Where(spec => !spec.IsHidden)) command.Options.Add(VerbParser.ToOption(spec));
    }
}
