using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Argo.Tests.Workflows;

/// <summary>
/// Does what Argo's controller does with the manifests that FlowGen writes, with processes for pods: graphs by <c>depends</c>, groups of steps, <c>when</c>, <c>withParam</c> over output parameters, recursion
/// up to Argo's depth, limits of parallel pods, retries with their expressions, suspended nodes and the exit handler. What it does not know it refuses, so a manifest cannot mean something else there.
/// </summary>
internal sealed class Workflow
{
    /// <summary>Argo's own limit.</summary>
    private const int Deepest = 100;

    private static readonly string[] KnownOfTemplates =
        ["name", "metadata", "annotations", "inputs", "outputs", "container", "dag", "steps", "suspend", "retryStrategy", "parallelism", "volumes", "tolerations", "nodeSelector", "securityContext", "activeDeadlineSeconds", "podSpecPatch", "priorityClassName"];

    private readonly JsonObject _spec;
    private readonly Dictionary<string, JsonObject> _templates;
    private readonly Dictionary<string, string> _arguments;
    private readonly string _program, _folder;
    private readonly ConcurrentDictionary<string, (int Now, int Most)> _running = [];
    private int _pods;

    public Workflow(JsonObject template, string program, string folder, params (string Name, string Value)[] arguments)
    {
        Assert.Equal("WorkflowTemplate", template["kind"]!.GetValue<string>());
        _spec = (JsonObject)template["spec"]!;
        _templates = _spec["templates"]!.AsArray().ToDictionary(known => known!["name"]!.GetValue<string>(), known => (JsonObject)known!);
        Assert.All(_templates.Values.SelectMany(known => known.Select(field => field.Key)), field => Assert.Contains(field, KnownOfTemplates));
        (_program, _folder) = (program, folder);
        _arguments = (_spec["arguments"]?["parameters"]?.AsArray() ?? []).Where(known => known!["value"] is not null).ToDictionary(known => known!["name"]!.GetValue<string>(), known => known!["value"]!.GetValue<string>());
        foreach (var (name, value) in arguments)
        {
            Assert.Contains(_spec["arguments"]!["parameters"]!.AsArray(), known => known!["name"]!.GetValue<string>() == name);
            _arguments[name] = value;
        }
    }

    public string Uid { get; } = Guid.NewGuid().ToString();

    public DateTimeOffset Created { get; } = new(DateTimeOffset.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, TimeSpan.Zero);

    /// <summary>Secrets of the cluster, by name and key.</summary>
    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>Called before a pod's process is awaited.</summary>
    public Func<Pod, Task>? OnPod { get; set; }

    /// <summary>Called in the place of a wait of so many seconds: no test waits.</summary>
    public Action<int> OnPause { get; set; } = seconds => throw new NotSupportedException($"{seconds} s");

    public ConcurrentQueue<Pod> Pods { get; } = [];

    /// <summary>The run, as the pod says that registered it.</summary>
    public string Run => Pods.First(pod => pod.Template == "begin" && pod.Console.StartsWith("Run ", StringComparison.Ordinal)).Console.Split(' ')[1];

    /// <summary>The most pods of a template that ran at once.</summary>
    public int MostRunning(string template) => _running[template].Most;

    public int DeepestRound { get; private set; }

    private CancellationTokenSource Terminated { get; } = new();

    /// <summary>Ends all pods; the exit handler is called.</summary>
    public void Stop() => Terminated.Cancel();

    public async Task<Phase> RunAsync()
    {
        var result = await ExecuteAsync(_spec["entrypoint"]!.GetValue<string>(), new Dictionary<string, string>(), [], 1, Terminated.Token);
        var phase = result.Went ? Phase.Succeeded : Phase.Failed;
        _status = phase.ToString();
        var exit = await ExecuteAsync(_spec["onExit"]!.GetValue<string>(), new Dictionary<string, string>(), [], 1, CancellationToken.None);
        return exit.Went ? phase : Phase.Failed;
    }

    private string? _status;

    private string? Global(string name) => name switch
    {
        "workflow.uid" => Uid,
        "workflow.creationTimestamp" => Created.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        "workflow.status" => _status,
        _ when name.StartsWith("workflow.parameters.", StringComparison.Ordinal) => _arguments.GetValueOrDefault(name["workflow.parameters.".Length..]),
        _ => null,
    };

    private async Task<NodeResult> ExecuteAsync(string name, IReadOnlyDictionary<string, string> inputs, SemaphoreSlim[] limits, int depth, CancellationToken stop)
    {
        Assert.True(depth <= Deepest, "Maximum recursion depth exceeded.");
        DeepestRound = Math.Max(DeepestRound, depth);
        var template = _templates[name];
        Assert.Equal((template["inputs"]?["parameters"]?.AsArray() ?? []).Select(input => input!["name"]!.GetValue<string>()).Order(), inputs.Keys.Order());
        string? Value(string variable) => Global(variable) ?? (variable.StartsWith("inputs.parameters.", StringComparison.Ordinal) ? inputs.GetValueOrDefault(variable["inputs.parameters.".Length..]) : null);
        if (template["parallelism"] is { } most) limits = [.. limits, new SemaphoreSlim((int)most.GetValue<long>())];
        if (template["dag"] is JsonObject dag) return await GraphAsync(dag, limits, depth, stop);
        if (template["steps"] is JsonArray groups) return await GroupsAsync(groups, Value, limits, depth, stop);
        var filled = (JsonObject)Variables.Fill(template, Value)!;
        if (filled["suspend"] is { } suspended)
        {
            OnPause(int.Parse(suspended["duration"]!.GetValue<string>(), CultureInfo.InvariantCulture));
            return NodeResult.Of(stop.IsCancellationRequested ? Phase.Failed : Phase.Succeeded);
        }

        return await PodAsync(filled, limits, stop);
    }

    private async Task<NodeResult> GraphAsync(JsonObject dag, SemaphoreSlim[] limits, int depth, CancellationToken stop)
    {
        var tasks = dag["tasks"]!.AsArray().ToDictionary(task => task!["name"]!.GetValue<string>(), task => task!);
        var results = new Dictionary<string, Task<NodeResult>>();
        foreach (var name in tasks.Keys) _ = Result(name);
        var ended = await Task.WhenAll(results.Values);
        return NodeResult.Of(ended.All(result => result.Went) ? Phase.Succeeded : Phase.Failed);

        Task<NodeResult> Result(string name) => results.TryGetValue(name, out var known) ? known : results[name] = RunAsync(name);

        async Task<NodeResult> RunAsync(string name)
        {
            var needs = tasks[name]["depends"]?.GetValue<string>().Split(" && ") ?? [];
            Assert.All(needs, need => Assert.True(tasks.ContainsKey(need), $"{name} depends on {need}, which is not there"));
            var before = await Task.WhenAll([.. needs.Select(Result)]);
            return before.All(result => result.Went) ? await ExecuteAsync(tasks[name]["template"]!.GetValue<string>(), new Dictionary<string, string>(), limits, depth + 1, stop) : NodeResult.Of(Phase.Omitted);
        }
    }

    private async Task<NodeResult> GroupsAsync(JsonArray groups, Func<string, string?> outer, SemaphoreSlim[] limits, int depth, CancellationToken stop)
    {
        var known = new Dictionary<string, NodeResult>();
        foreach (var group in groups)
        {
            var steps = group!.AsArray().Select(step => (JsonObject)step!).ToList();
            var ended = await Task.WhenAll(steps.Select(step => StepAsync(step, Value, limits, depth, stop)));
            for (var i = 0; i < steps.Count; i++)
            {
                known.Add(steps[i]["name"]!.GetValue<string>(), ended[i]);
                if (!ended[i].Went && steps[i]["continueOn"]?["failed"]?.GetValue<bool>() != true) return NodeResult.Of(Phase.Failed);
            }
        }

        return NodeResult.Of(Phase.Succeeded);

        string? Value(string variable) => outer(variable) ?? (variable.Split('.') is ["steps", var step, "outputs", "parameters", var output] && known.TryGetValue(step, out var result) ? result.Outputs.GetValueOrDefault(output) : null);
    }

    private async Task<NodeResult> StepAsync(JsonObject step, Func<string, string?> value, SemaphoreSlim[] limits, int depth, CancellationToken stop)
    {
        if (step["when"] is { } when && !When(Variables.Fill(when.GetValue<string>(), value))) return NodeResult.Of(Phase.Skipped);
        if (step["withParam"] is not { } list) return await OneAsync(value);
        var items = JsonNode.Parse(Variables.Fill(list.GetValue<string>(), value))!.AsArray();
        var ended = await Task.WhenAll(items.Select(item => OneAsync(variable => variable.StartsWith("item.", StringComparison.Ordinal) ? item![variable["item.".Length..]]?.ToString() : value(variable))));
        return ended.Length == 0 ? NodeResult.Of(Phase.Skipped) : NodeResult.Of(ended.All(result => result.Went) ? Phase.Succeeded : Phase.Failed);

        Task<NodeResult> OneAsync(Func<string, string?> own) => ExecuteAsync(step["template"]!.GetValue<string>(),
            (step["arguments"]?["parameters"]?.AsArray() ?? []).ToDictionary(argument => argument!["name"]!.GetValue<string>(), argument => Variables.Fill(argument!["value"]!.GetValue<string>(), own)), limits, depth + 1, stop);
    }

    private static bool When(string condition) => condition.Split(' ') is [var left, "!=", var right] ? left != right : throw new NotSupportedException(condition);

    private async Task<NodeResult> PodAsync(JsonObject template, SemaphoreSlim[] limits, CancellationToken stop)
    {
        var strategy = template["retryStrategy"];
        var container = (JsonObject)template["container"]!;
        for (var retry = 0; ; retry++)
        {
            foreach (var limit in limits) await limit.WaitAsync(CancellationToken.None);
            var pod = new Pod
            {
                Template = template["name"]!.GetValue<string>(),
                Retry = retry,
                Arguments = [.. container["args"]!.AsArray().Select(argument => argument!.GetValue<string>().Replace("$$", "$", StringComparison.Ordinal))],
                Folder = Path.Combine(_folder, string.Create(CultureInfo.InvariantCulture, $"pod-{Interlocked.Increment(ref _pods)}")),
            };
            try
            {
                _running.AddOrUpdate(pod.Template, (1, 1), static (_, known) => (known.Now + 1, Math.Max(known.Most, known.Now + 1)));
                if (stop.IsCancellationRequested) return NodeResult.Of(Phase.Failed);
                Pods.Enqueue(pod);
                var running = pod.RunAsync(container, _program, Secrets, stop);
                if (OnPod is { } told) await told(pod);
                await running;
            }
            finally
            {
                _running.AddOrUpdate(pod.Template, (0, 0), static (_, known) => (known.Now - 1, known.Most));
                foreach (var limit in limits) limit.Release();
            }

            if (pod.ExitCode == 0)
                return new NodeResult(Phase.Succeeded, (template["outputs"]?["parameters"]?.AsArray() ?? []).ToDictionary(output => output!["name"]!.GetValue<string>(), output => pod.Read(output!["valueFrom"]!["path"]!.GetValue<string>())));
            if (stop.IsCancellationRequested || strategy is null || retry >= int.Parse(strategy["limit"]!.GetValue<string>(), CultureInfo.InvariantCulture) || !Again(strategy["expression"]?.GetValue<string>(), pod.ExitCode)) return NodeResult.Of(Phase.Failed);
        }
    }

    /// <summary>The two expressions that FlowGen writes.</summary>
    private static bool Again(string? expression, int code) => expression switch
    {
        null => true,
        _ when expression.StartsWith("lastRetry.exitCode != \"", StringComparison.Ordinal) => expression.Split('"')[1] != $"{code}",
        _ when expression.StartsWith("not (lastRetry.exitCode in [", StringComparison.Ordinal) && expression.EndsWith("])", StringComparison.Ordinal) =>
            !JsonSerializer.Deserialize<string[]>(expression["not (lastRetry.exitCode in ".Length..^1])!.Contains($"{code}"),
        _ => throw new NotSupportedException(expression),
    };
}
