namespace Analytics.EndToEnd.Tests;

/// <summary>A test on the native executables; run where ANALYTICS_NATIVE is 1, as make sets it once they are built.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NativeFactAttribute : FactAttribute
{
    /// <summary>Whether the native executables are built.</summary>
    public static bool IsNative => Environment.GetEnvironmentVariable("ANALYTICS_NATIVE") == "1";

    public NativeFactAttribute()
    {
        if (!IsNative)
        {
            Skip = "ANALYTICS_NATIVE is not 1: the native executables are not built";
        }
    }
}
