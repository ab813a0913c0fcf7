using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>FG06xx: policies. Each message has the value that was found, the form that was expected and an example.</summary>
internal static partial class Descriptors
{
    // FG060x to FG061x: of steps
    public static readonly DiagnosticDescriptor RetryOutOfRange = Error("FG0601", "A number of retries is out of range",
        "step '{0}' has [Retry({1})], expected 1 to 100 retries after the first attempt; {2}");

    public static readonly DiagnosticDescriptor BadBackoff = Error("FG0602", "A backoff is not a duration",
        "step '{0}' has Backoff = \"{1}\", expected a duration of up to {2}; write it like \"500ms\", \"10s\" or \"1m30s\"");

    public static readonly DiagnosticDescriptor BadTimeout = Error("FG0603", "A timeout is not a duration",
        "step '{0}' has [Timeout(\"{1}\")], expected a duration of more than zero; write it like \"90s\", \"10m\" or \"1h30m\"");

    public static readonly DiagnosticDescriptor TimeoutWithoutToken = Warning("FG0604", "A step with a timeout cannot be told to stop",
        "step '{0}' has a timeout but no CancellationToken, so it cannot be told to stop; add a parameter 'CancellationToken cancel' and pass it on");

    public static readonly DiagnosticDescriptor BadRetryFilter = Error("FG0605", "A retry names a type that cannot be caught",
        "step '{0}' has {1} = [typeof({2})], which is {3}, expected exceptions; write it like {1} = [typeof(IOException)]");

    public static readonly DiagnosticDescriptor UselessRetry = Error("FG0606", "A retry can never happen",
        "step '{0}' is never tried again, because {1}; {2}");

    public static readonly DiagnosticDescriptor BadQuantity = Error("FG0607", "An amount of memory or disk cannot be understood",
        "step '{0}' has {1} = \"{2}\", expected an amount from 1Mi to 1Pi with a suffix such as Mi, Gi, M or G; write {3}");

    public static readonly DiagnosticDescriptor ResourceOutOfRange = Error("FG0608", "A number of cores or graphics processors is out of range",
        "step '{0}' has {1} = {2}, expected {3}; write it like {4}");

    public static readonly DiagnosticDescriptor BadMemoryGrowth = Error("FG0609", "The growth of memory cannot be understood",
        "step '{0}' has OnOutOfMemory = \"{1}\", {2}; write it like Memory = \"4Gi\", OnOutOfMemory = \"x2 up to 64Gi\"");

    public static readonly DiagnosticDescriptor EmptyResources = Error("FG0610", "Resources ask for nothing",
        "step '{0}' has [Resources] that ask for nothing; write it like [Resources(Cpu = 2, Memory = \"4Gi\")], or remove it");

    public static readonly DiagnosticDescriptor BadVariable = Error("FG0611", "An environment variable cannot be set",
        "step '{0}' has [Environment(\"{1}\", ...)], {2}; write it like [Environment(\"OMP_NUM_THREADS\", \"1\")]");

    public static readonly DiagnosticDescriptor DuplicateVariable = Error("FG0612", "An environment variable is set twice",
        "step '{0}' sets environment variable '{1}' twice; remove one of them");

    public static readonly DiagnosticDescriptor BadRateLimit = Error("FG0613", "A rate limit cannot be understood",
        "step '{0}' has [RateLimit({1}, \"{2}\")], expected 1 to 1,000,000 starts in a duration of more than zero; write it like [RateLimit(300, \"1m\")]");

    public static readonly DiagnosticDescriptor CacheWithoutArtifacts = Error("FG0614", "A step without artifacts is cached",
        "step '{0}' has [Cache] but makes no artifact that could be reused; return a value, or remove [Cache]");

    public static readonly DiagnosticDescriptor BadCacheVersion = Error("FG0615", "The version of a cache is empty or too long",
        "step '{0}' has Version = \"{1}\", expected 1 to 100 characters; write it like [Cache(Version = \"2\")]");

    public static readonly DiagnosticDescriptor BadGangSize = Error("FG0616", "The size of a gang is out of range",
        "step '{0}' has [Gang({1})], expected 2 to 1024 invocations; {2}");

    public static readonly DiagnosticDescriptor ConflictingPolicies = Error("FG0617", "Two policies of a step contradict each other",
        "step '{0}' has [{1}], which {2}, and [{3}], which {4}; remove one of them");

    public static readonly DiagnosticDescriptor BadMaxBackoff = Error("FG0618", "A longest backoff is not a duration or too short",
        "step '{0}' has MaxBackoff = \"{1}\", expected a duration of at least its Backoff ({2}) and at most a day; write it like MaxBackoff = \"30m\"");

    // FG062x: of flows
    public static readonly DiagnosticDescriptor BadSchedule = Error("FG0620", "A schedule cannot be understood",
        "flow '{0}' has [Schedule(\"{1}\")], expected minute, hour, day of the month, month and day of the week ({2}); write it like \"0 3 * * *\" for every day at three");

    public static readonly DiagnosticDescriptor BadTimeZone = Error("FG0621", "A time zone is unknown",
        "flow '{0}' has TimeZone = \"{1}\", which is no time zone of IANA or Windows; {2}");

    public static readonly DiagnosticDescriptor ScheduleNeverOccurs = Error("FG0622", "A schedule never occurs",
        "flow '{0}' has [Schedule(\"{1}\")], a date that no year has; write a day that its month has");

    public static readonly DiagnosticDescriptor ScheduleWithRequiredParameter = Warning("FG0623", "A scheduled flow has a required parameter",
        "flow '{0}' starts by schedule, when nobody gives a value to its required parameter '{1}'; give it a default, or say it when you deploy, as an option or in {2}");

    public static readonly DiagnosticDescriptor BadTrigger = Error("FG0624", "The name of an event cannot be used",
        "flow '{0}' has [Trigger(\"{1}\")], expected letters, digits, '.', '-', '_' and '/', starting with a letter or digit, at most 100; write it like [Trigger(\"data/arrived\")]");

    public static readonly DiagnosticDescriptor TriggerOnNoFlow = Error("FG0625", "A flow waits for something that is no other flow",
        "flow '{0}' has [TriggerOnFinish(typeof({1}))], but '{1}' is {2}; name the class of another flow");

    public static readonly DiagnosticDescriptor BadProject = Error("FG0626", "The name of a project cannot be used",
        "flow '{0}' has [Project(\"{1}\")], expected lower-case letters, digits and single hyphens, at most 60, starting with a letter; write [Project(\"{2}\")]");

    public static readonly DiagnosticDescriptor DuplicateTrigger = Error("FG0627", "A flow is triggered twice by the same",
        "flow '{0}' is triggered twice by {1} '{2}'; remove one of them");

    public static readonly DiagnosticDescriptor BadFinally = Error("FG0628", "A method at the end of a run cannot be called",
        "method '{0}' has [Finally], but {1}; {2}");

    // FG063x: resources
    public static readonly DiagnosticDescriptor BadPerWorker = Error("FG0630", "A method cannot open a resource",
        "method '{0}' has [PerWorker], but {1}; {2}");

    public static readonly DiagnosticDescriptor BadPerWorkerInput = Error("FG0631", "A resource is opened from something that is not there",
        "input '{0}' of [PerWorker] '{1}' {2}; {3}");

    public static readonly DiagnosticDescriptor ResourceCycle = Error("FG0632", "Resources need each other",
        "resource '{0}' needs itself ({1}); remove one of these inputs");

    public static readonly DiagnosticDescriptor MisusedResource = Error("FG0633", "A resource is used as an artifact",
        "{0} has [{1}] on resource '{2}', which each process opens for itself and which is no artifact; {3}");
}
