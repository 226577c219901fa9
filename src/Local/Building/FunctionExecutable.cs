namespace Analytics.Local.Building;

/// <summary>The start information of a function's process.</summary>
/// <param name="Command">The program.</param>
/// <param name="Folder">The folder of the function's code.</param>
/// <param name="IsAsDeployed">Whether it is the deployed executable, and not a .NET build in its place.</param>
internal sealed record FunctionExecutable(string Command, string Folder, bool IsAsDeployed);
