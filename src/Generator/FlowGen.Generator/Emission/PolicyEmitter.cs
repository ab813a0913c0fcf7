using System.Globalization;
using FlowGen.Generator.Model;

namespace FlowGen.Generator.Emission;

/// <summary>Writes the policies of steps and of the flow into their definitions.</summary>
internal static class PolicyEmitter
{
    public static void Emit(SourceWriter writer, PolicyModel policies)
    {
        if (policies.Retry is { } retry) writer.Line($"Retry = {Retry(retry)},");
        if (policies.Timeout is { } timeout) writer.Line($"Timeout = {Code.Literal(timeout)},");
        if (policies.Resources is { } resources) writer.Line($"Resources = {Resources(resources)},");
        if (policies.Environment.Count > 0) writer.Line($"Environment = {Code.List(policies.Environment.Select(variable => $"new({Code.Literal(variable.Name)}, {Code.Literal(variable.Value)})"))},");
        if (policies.Isolated) writer.Line("Isolated = true,");
        if (policies.RateLimit is { } rate) writer.Line($"RateLimit = new({rate.Starts}, {Code.Literal(rate.Period)}),");
        if (policies.Cache is { } cache) writer.Line($"Cache = new({Code.Literal(cache.Version)}),");
        if (policies.Inline) writer.Line("Inline = true,");
        if (policies.Gang > 1) writer.Line($"Gang = {policies.Gang},");
    }

    public static void Emit(SourceWriter writer, FlowPolicyModel policies)
    {
        if (policies.Schedules.Count > 0) writer.Line($"Schedules = {Code.List(policies.Schedules.Select(schedule => $"new({Code.Literal(schedule.Cron)}, {Code.Literal(schedule.TimeZone)})"))},");
        if (policies.Triggers.Count > 0) writer.Line($"Triggers = {Code.List(policies.Triggers.Select(Code.Literal))},");
        if (policies.TriggersOnFinish.Count > 0) writer.Line($"TriggersOnFinish = {Code.List(policies.TriggersOnFinish.Select(Code.Literal))},");
        if (policies.Project is { } project) writer.Line($"Project = {Code.Literal(project)},");
    }

    /// <summary>Written with the class itself at hand, which the calls need.</summary>
    public static void EmitFinally(SourceWriter writer, FlowModel flow)
    {
        if (flow.Policies.Finally.Count == 0) return;
        writer.Open("Finally =", "[");
        foreach (var method in flow.Policies.Finally)
        {
            var arguments = string.Join(", ", method.Arguments.Select(argument => argument switch
            {
                FinallyArgument.Outcome => "outcome",
                FinallyArgument.Logger => "logger",
                _ => "cancel",
            }));
            var instance = method.Call.StartsWith("flow.", StringComparison.Ordinal) ? $"(({flow.Type.FullName})flow)" + method.Call.Substring("flow".Length) : method.Call;
            var body = method.Result switch
            {
                FinallyResult.Task => $"new global::System.Threading.Tasks.ValueTask({instance}({arguments}))",
                FinallyResult.ValueTask => $"{instance}({arguments})",
                _ => $"{{ {instance}({arguments}); return default; }}",
            };
            writer.Line($"new({Code.Literal(method.Method)}, static (flow, outcome, logger, cancel) => {body}),");
        }
        writer.Close(",", "]");
    }

    private static string Retry(RetryModel retry)
    {
        var members = new List<string>();
        if (retry.MaxBackoff is { } longest) members.Add($"MaxBackoff = {Code.Literal(longest)}");
        if (retry.On.Count + retry.Except.Count > 0) members.Add($"Retries = static exception => {Filter(retry)}");
        if (retry.On.Count > 0) members.Add($"On = {Names(retry.On)}");
        if (retry.Except.Count > 0) members.Add($"Except = {Names(retry.Except)}");
        return $"new({retry.Times}, {Code.Literal(retry.Backoff)})" + (members.Count == 0 ? "" : $" {{ {string.Join(", ", members)} }}");
    }

    private static string Filter(RetryModel retry) => string.Join(" && ", new[] { Any(retry.On), retry.Except.Count == 0 ? "" : $"!{Any(retry.Except)}" }.Where(part => part.Length > 0));

    private static string Any(EquatableArray<ExceptionModel> types) => types.Count == 0 ? "" : $"({string.Join(" || ", types.Select(type => $"exception is {type.TypeName}"))})";

    private static string Names(EquatableArray<ExceptionModel> types) => Code.List(types.Select(type => Code.Literal(type.DisplayName)));

    private static string Resources(ResourceModel resources)
    {
        var members = new List<string>();
        if (resources.Cpu != 1) members.Add($"Cpu = {resources.Cpu.ToString("R", CultureInfo.InvariantCulture)}");
        if (resources.Memory > 0) members.Add($"Memory = {resources.Memory}");
        if (resources.Gpu > 0) members.Add($"Gpu = {resources.Gpu}");
        if (resources.Disk > 0) members.Add($"Disk = {resources.Disk}");
        if (resources.MemoryGrowth > 1) members.Add($"MemoryGrowth = {resources.MemoryGrowth.ToString("R", CultureInfo.InvariantCulture)}, MemoryLimit = {resources.MemoryLimit}");
        return members.Count == 0 ? "new()" : $"new() {{ {string.Join(", ", members)} }}";
    }
}
