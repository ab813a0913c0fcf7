using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlowGen.Engines;

/// <summary>Names of deployed schedules: a flow on a branch is a group, and its schedules have numbers in the order of their attributes. Names fit every engine; what had to be changed for that is told apart by a hash.</summary>
internal static class GroupName
{
    /// <summary>Kubernetes puts a number of up to ten digits behind the name of a schedule, in 63 characters.</summary>
    private const int MaxLength = 48;

    public static string Of(string flow, string? branch)
    {
        if (branch is null) return Fit(flow, flow);
        var slug = string.Concat(branch.Select(static c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
        // The branch that everybody has without asking for one, user.ann, is to look well.
        return Fit($"{flow}-{slug}", $"{flow}/{branch}", isExact: slug.StartsWith("user-", StringComparison.Ordinal) ? branch == $"user.{slug[5..]}" : slug == branch);
    }

    /// <param name="group">The group.</param>
    /// <param name="number">From 1.</param>
    public static string Schedule(string group, int number) => string.Create(CultureInfo.InvariantCulture, $"{group}-{number}");

    private static string Fit(string name, string whole, bool isExact = true)
    {
        if (isExact && name.Length <= MaxLength) return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..6];
        return $"{(name.Length + 7 <= MaxLength ? name : name[..(MaxLength - 7)]).TrimEnd('-')}-{hash}";
    }
}
