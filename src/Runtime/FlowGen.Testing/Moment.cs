namespace FlowGen.Testing;

/// <summary>An attempt began or ended.</summary>
internal readonly record struct Moment(string Step, string Task, bool IsStart);
