using FlowGen.CompilerServices;
using FlowGen.Storage;

namespace FlowGen.Hosting;

/// <summary>Stands between a run that is started from code and the world: how the test kit keeps runs in memory, replaces steps and makes them fail.</summary>
internal interface IRunInterceptor
{
    /// <summary>Where the run is stored.</summary>
    IObjectStore Store { get; }

    /// <summary>Before the run starts.</summary>
    /// <param name="definition">The flow as it was written.</param>
    /// <param name="flow">The object that carries the parameter values.</param>
    /// <returns>The flow that runs instead: the same steps and artifacts, perhaps called otherwise.</returns>
    FlowDefinition Starting(FlowDefinition definition, object flow);

    /// <summary>After the run has ended, whatever its status.</summary>
    void Ended(RunInfo run);
}
