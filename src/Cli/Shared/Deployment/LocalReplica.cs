using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;
using Analytics.Local;

namespace Analytics.Cli.Shared.Deployment;

/// <summary>The second region of a pipeline on this machine, which is one region.</summary>
internal static class LocalReplica
{
    /// <summary>Makes sure that copies do not go to another region's stream, which here would be the pipeline's own.</summary>
    /// <exception cref="UserException">They would.</exception>
    public static void Require(LocalDeployment deployment)
    {
        if (deployment.Resources.TryGet(ResourceNames.ReplicatorFunction, out _) && !deployment.Resources.TryGet(ResourceNames.ReplicaStream, out _))
        {
            var region = deployment.Endpoints.Region;
            throw new UserException(
                $"ReplicaRegion names another region than {region}, and there is no other on this machine. Use --parameter ReplicaRegion={region}: the template then makes the second stream.");
        }
    }
}
