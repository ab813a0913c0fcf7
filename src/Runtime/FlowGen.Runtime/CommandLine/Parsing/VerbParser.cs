using System.CommandLine;

namespace FlowGen.CommandLine;

/// <summary>Takes the arguments of one verb apart with System.CommandLine, which knows only that verb, and says what is wrong in this program's words.</summary>
internal static class VerbParser
{
    /// <summary>Takes arguments apart.</summary>
    /// <param name="verb">What messages call the verb, such as <c>run churn</c>.</param>
    /// <param name="specs">All its options.</param>
    /// <param name="positionals">How many arguments it takes that belong to no option.</param>
    /// <param name="args">What follows the verb.</param>
    /// <param name="errors">Gets every mistake.</param>
    public static VerbArguments Parse(string verb, IReadOnlyList<OptionSpec> specs, int positionals, IReadOnlyList<string> args, List<UsageError> errors)
    {
        // The common case costs no parser at all: its assembly is loaded only for what is in another method.
        return args.Count == 0 ? VerbArguments.None : ParseWords(verb, specs, positionals, args, errors);
    }

    private static VerbArguments ParseWords(string verb, IReadOnlyList<OptionSpec> specs, int positionals, IReadOnlyList<string> args, List<UsageError> errors)
    {
        var command = new Command("verb");
        var positional = new Argument<string[]>("arguments") { Arity = new ArgumentArity(0, Math.Max(positionals, 1)) };
        if (positionals > 0) command.Arguments.Add(positional);
        var symbols = new Option[specs.Count];
        for (var i = 0; i < symbols.Length; i++) command.Options.Add(symbols[i] = ToOption(specs[i]));

        // Response files would take '@' away from names of runs.
        var result = command.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        var options = new Dictionary<string, IReadOnlyList<string>?>(StringComparer.Ordinal);
        AddUnmatched(verb, result.UnmatchedTokens, args, specs, errors);
        for (var i = 0; i < symbols.Length; i++)
        {
            if (result.GetResult(symbols[i]) is not { Implicit: false } found) continue;
            var values = found.Tokens.Select(t => t.Value).ToArray();
            options.Add(specs[i].Name, Take(verb, specs[i], values, found.IdentifierTokenCount, args, specs, errors));
        }

        // A misspelt option was meant to be given: that it is missing would be the same mistake once more.
        foreach (var arg in args.Where(IsOption))
        {
            if (specs.All(spec => spec.Name != NameIn(arg)) && Meant(arg, specs) is { } meant) options.TryAdd(meant, null);
        }

        var arguments = positionals > 0 && result.GetResult(positional) is { } taken ? taken.Tokens.Select(t => t.Value).ToArray() : [];
        return new VerbArguments(arguments, options);
    }

    public static Option ToOption(OptionSpec spec)
    {
        // A type that is not a collection would make System.CommandLine complain about repetitions in its own words.
        Option option = spec switch
        {
            { Value: null } => new Option<bool>(spec.Name) { Arity = ArgumentArity.Zero },
            { ValueIsOptional: true } => new Option<string>(spec.Name) { Arity = ArgumentArity.ZeroOrOne },
            _ => new Option<string[]>(spec.Name) { Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = spec.TakesMany },
        };
        option.Description = spec.Description;
        if (spec.Choices.Count > 0) option.CompletionSources.Add([.. spec.Choices]);
        return option;
    }

    // The values of one option, or null if they make no sense.
    private static string[]? Take(
        string verb, OptionSpec spec, string[] values, int occurrences, IReadOnlyList<string> args, IReadOnlyList<OptionSpec> specs, List<UsageError> errors)
    {
        if (spec.Value is not { } value) return values;

        // In '--note --quite' the second word is a misspelt option, not a note; '--note=--quite' is how to mean it.
        var end = Array.FindIndex(values, text => text.StartsWith("--", StringComparison.Ordinal) && args.Contains(text));
        if (end >= 0)
        {
            errors.Add(Unmatched(verb, values[end], specs));
            values = values[..end];
            if (values.Length == 0) return null;
        }

        if (values.Length == 0 && !spec.ValueIsOptional)
        {
            errors.Add(new UsageError("FG1006", $"Option {spec.Name} needs a value: {spec.Name} {value}."));
            return null;
        }

        if (occurrences == 1 || spec.TakesMany || spec.IsRepeatable) return values;
        errors.Add(new UsageError("FG1006", $"Option {spec.Name} is given {occurrences} times; give it once."));
        return null;
    }

    // What follows an option that does not exist was meant as its value, so only the option is a mistake.
    private static void AddUnmatched(string verb, IReadOnlyList<string> unmatched, IReadOnlyList<string> args, IReadOnlyList<OptionSpec> specs, List<UsageError> errors)
    {
        var left = new Queue<string>(unmatched);
        var isValue = false;
        foreach (var arg in args)
        {
            var isUnmatched = left.TryPeek(out var token) && token == arg;
            if (isUnmatched) left.Dequeue();
            if (IsOption(arg)) isValue = isUnmatched && !arg.Contains('=', StringComparison.Ordinal);
            else if (isValue) continue;
            if (isUnmatched) errors.Add(Unmatched(verb, arg, specs));
        }

        foreach (var token in left) errors.Add(Unmatched(verb, token, specs));
    }

    private static UsageError Unmatched(string verb, string token, IReadOnlyList<OptionSpec> specs)
    {
        if (!IsOption(token)) return new UsageError("FG1002", $"'{token}' is one argument too many for '{verb}'.");
        var hint = Meant(token, specs) is { } near ? $"did you mean {near}?" : $"'{verb} --help' lists them.";
        return new UsageError("FG1002", $"'{verb}' has no option {NameIn(token)}; {hint}");
    }

    private static string? Meant(string token, IReadOnlyList<OptionSpec> specs) => NearMiss.Of(NameIn(token), specs.Where(s => !s.IsHidden).Select(s => s.Name));

    private static string NameIn(string token) => token.Split('=', ':')[0];

    // A negative number is a value.
    private static bool IsOption(string token) => token.StartsWith('-') && !(token.Length > 1 && (char.IsAsciiDigit(token[1]) || token[1] == '.'));
}
