using System.Text;
using FlowGen.CompilerServices;

namespace FlowGen.CommandLine;

/// <summary>How names in code become names that people type.</summary>
internal static class CommandLineNames
{
    public const string VariablePrefix = "FLOWGEN_PARAM_";

    /// <summary><c>testShare</c> is <c>--test-share</c>.</summary>
    public static string OptionOf(ParameterDefinition parameter) => "--" + Join(parameter.Property, '-', char.ToLowerInvariant);

    /// <summary><c>testShare</c> is <c>FLOWGEN_PARAM_TEST_SHARE</c>.</summary>
    public static string VariableOf(ParameterDefinition parameter) => VariablePrefix + Join(parameter.Property, '_', char.ToUpperInvariant);

    /// <summary>The file that holds a secret: <c>apiKey</c> is <c>--api-key-file</c>.</summary>
    public static string FileOptionOf(ParameterDefinition parameter) => OptionOf(parameter) + "-file";

    /// <summary>The variable that names the file of a secret: <c>apiKey</c> is <c>FLOWGEN_PARAM_API_KEY_FILE</c>.</summary>
    public static string FileVariableOf(ParameterDefinition parameter) => VariableOf(parameter) + "_FILE";

    /// <summary>All variables that are read for a parameter.</summary>
    public static IEnumerable<string> VariablesOf(ParameterDefinition parameter) =>
        parameter.IsSecret ? [VariableOf(parameter), FileVariableOf(parameter)] : [VariableOf(parameter)];

    // A word starts at an upper-case letter after a lower-case one or a digit, and at the last of several upper-case ones: URLList is url-list, Top10Rows top10-rows.
    private static string Join(string name, char separator, Func<char, char> casing)
    {
        var result = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] == '_') continue;
            var startsWord = i > 0 && (name[i - 1] == '_' || (char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))));
            if (startsWord && result.Length > 0) result.Append(separator);
            result.Append(casing(name[i]));
        }

        return result.ToString();
    }
}
