namespace FlowGen;

/// <summary>
/// The parameter comes from the services of the program: those of <see cref="FlowApp.CreateBuilder"/>, or of <see cref="RunOptions.Services"/> where a run is started from code.
/// Each attempt has a scope of its own, disposed when it ends. A service that is not registered is found before the run starts, unless its type is nullable.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceAttribute : Attribute;
