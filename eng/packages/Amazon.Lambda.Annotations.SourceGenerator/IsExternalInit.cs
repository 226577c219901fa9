namespace System.Runtime.CompilerServices;

/// <summary>Required by the compiler for <c>init</c> and records, and missing in netstandard2.0.</summary>
internal static class IsExternalInit;
