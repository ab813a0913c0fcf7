namespace FlowGen.Executing.Driving;

/// <summary>This process drives the run no more: somebody asked it to hand the run over (C7), or it cannot do its work.</summary>
internal sealed class RunHandedOver(string message) : Exception(message);
