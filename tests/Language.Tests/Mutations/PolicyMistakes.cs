using static Language.Tests.Mutations.TextMutation;

namespace Language.Tests.Mutations;

/// <summary>Policies that say nothing or cannot be.</summary>
internal static class PolicyMistakes
{
    public static IReadOnlyList<TextMutation> All { get; } =
    [
        Member("retry never", "RetryOutOfRange", "[Step, Retry(0)] public static long Zeta() => 1;"),
        Member("wait for soon", "BadBackoff", "[Step, Retry(1, Backoff = \"soon\")] public static long Zeta() => 1;"),
        Member("time out soon", "BadTimeout", "[Step, Timeout(\"soon\")] public static long Zeta(CancellationToken cancel) => 1;"),
        Member("need lots of memory", "BadQuantity", "[Step, Resources(Memory = \"lots\")] public static long Zeta() => 1;"),
        Member("need nothing", "EmptyResources", "[Step, Resources] public static long Zeta() => 1;"),
        Member("be a gang of none", "BadGangSize", "[Step, Gang(0)] public static long Zeta() => 1;"),
        Member("start never", "BadRateLimit", "[Step, RateLimit(0, \"1m\")] public static long Zeta() => 1;"),
        Member("name no variable", "BadVariable", "[Step, Environment(\"\", \"one\")] public static long Zeta() => 1;"),
        Member("cache nothing", "CacheWithoutArtifacts", "[Step, Cache] public static void Zeta() { }"),
        Member("end with a value", "BadFinally", "[Finally] public static long Zeta(RunOutcome outcome) => 1;"),
        Attribute("run at no time", "BadSchedule", "[Flow, Schedule(\"never\")]"),
        Attribute("run nowhere", "BadTimeZone", "[Flow, Schedule(\"0 3 * * *\", TimeZone = \"Nowhere\")]"),
        Attribute("run after no flow", "TriggerOnNoFlow", "[Flow, TriggerOnFinish(typeof(string))]"),
        Attribute("belong to two words", "BadProject", "[Flow, Project(\"Two words\")]"),
    ];
}
