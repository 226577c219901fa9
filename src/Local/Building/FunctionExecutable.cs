namespace Analytics.Local.Building;

/// <summary>How a function's process is started.</summary>
/// <param name="Command">The program.</param>
/// <param name="Folder">The folder of the function's code.</param>
/// <param name="IsAsDeployed">Whether it is what is deployed, and not a .NET build that stands in for it.</param>
internal sealed record FunctionExecutable(string Command, string Folder, bool IsAsDeployed);
