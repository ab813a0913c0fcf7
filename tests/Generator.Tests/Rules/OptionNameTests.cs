using CsCheck;
using FlowGen.CommandLine;
using FlowGen.CompilerServices;
using FlowGen.Generator.Parsing;
using FlowGen.Generator.Rules;

namespace Generator.Tests.Rules;

/// <summary>The compiler part and the command line know the same options by the same names.</summary>
public class OptionNameTests
{
    [Fact]
    public void ReservedNames_HoldEveryOptionBesideParameters()
    {
        // Other verbs take no parameters, so their options can have any name.
        var options = Verb.All.Where(verb => verb is RunVerb or ResumeVerb or SubmitVerb).SelectMany(verb => verb.Options)
            .Concat([OptionSpec.Help, OptionSpec.Verbose, OptionSpec.Json, OptionSpec.Store])
            .Select(option => option.Name[2..]).Distinct().ToList();

        Assert.Contains("max-parallel", options);
        Assert.All(options, option => Assert.True(ReservedOptionName.Contains(option), option));
    }

    [Fact]
    public void Kebab_OfAnyIdentifier_IsTheOptionOfTheCommandLine() =>
        Gen.Char["aAbBzZ09_ÄßéǅΣσ中"].Array[1, 12].Select(chars => new string(chars)).Sample(name =>
            Assert.Equal(CommandLineNames.OptionOf(new ParameterDefinition<int, Int32Codec>
            {
                Name = name, Property = name, TypeName = "int", Shareable = true, Parser = ParameterParsers.Parsable<int>(),
            }), "--" + Names.Kebab(name)));
}
