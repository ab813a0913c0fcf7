using Microsoft.CodeAnalysis;

namespace FlowGen.Generator.Diagnostics;

/// <summary>FG08xx: what code of steps does. The first argument of each is the step, the third the calls through which it does it.</summary>
internal static partial class Descriptors
{
    public static readonly DiagnosticDescriptor InstanceStateWrite = Error("FG0801", "A step writes state of the flow object",
        "step '{0}' writes '{1}'{2}, which no other step will see, since every task has a flow object of its own; return the value instead");

    public static readonly DiagnosticDescriptor StaticStateWrite = Warning("FG0802", "A step writes static state",
        "step '{0}' writes static '{1}'{2}, which other steps see only while they run in the same process; return the value instead");

    public static readonly DiagnosticDescriptor BlockingWait = Warning("FG0803", "A step blocks a thread",
        "step '{0}' blocks a thread with {1}{2}, which then computes nothing for other tasks; {3}");

    public static readonly DiagnosticDescriptor UnrepeatableRead = Warning("FG0804", "A cached step reads what its key does not hold",
        "cached step '{0}' reads {3} with '{1}'{2}, which a result taken from the cache would not show; {4}");

    public static readonly DiagnosticDescriptor RevealedArtifact = Error("FG0805", "A secret becomes an artifact",
        "step '{0}' {1} what a secret reveals, and artifacts are stored for everybody to read; take the secret in the steps that need it");

    public static readonly DiagnosticDescriptor RevealedText = Warning("FG0806", "A secret is written to a log",
        "step '{0}' writes what a secret reveals to {1}{2}; leave it out, or write the secret itself, which shows as stars");

    public static readonly DiagnosticDescriptor UnawaitedTask = Warning("FG0807", "A step starts work that it does not wait for",
        "step '{0}' does not wait for '{1}'{2}, which goes on when the step has ended and whose failure nobody hears of; {3}");

    public static readonly DiagnosticDescriptor ProcessEnd = Warning("FG0808", "A step ends the process",
        "step '{0}' ends the process with '{1}'{2}, and with it the whole run and all tasks beside it; throw an exception to fail the step");
}
