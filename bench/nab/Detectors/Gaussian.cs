namespace Analytics.Nab.Detectors;

/// <summary>The normal distribution.</summary>
internal static class Gaussian
{
    /// <summary>Returns the probability of a value at least as far from the mean on the same side.</summary>
    /// <param name="deviations">The distance from the mean in standard deviations.</param>
    /// <returns>The probability, from 0 to 0.5.</returns>
    public static double GetTailProbability(double deviations) => 0.5 * ComplementaryErrorFunction(Math.Abs(deviations) / Math.Sqrt(2));

    // Press et al., Numerical Recipes, 6.2: Chebyshev fit with a relative error below 1.2e-7 everywhere.
    private static double ComplementaryErrorFunction(double x)
    {
        var t = 1 / (1 + (0.5 * x));
        return t * Math.Exp(-(x * x) - 1.26551223 + (t * (1.00002368 + (t * (0.37409196 + (t * (0.09678418 + (t * (-0.18628806
            + (t * (0.27886807 + (t * (-1.13520398 + (t * (1.48851587 + (t * (-0.82215223 + (t * 0.17087277))))))))))))))))));
    }
}
