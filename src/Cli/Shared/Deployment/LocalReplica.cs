using Analytics.Cli.Shared.Commands;
using Analytics.Cli.Shared.Targets;
using Analytics.Local.Deployment;

namespace Analytics.Cli.Shared.Deployment;

/// <summary>Validates the second region of a local pipeline, which has only one region.</summary>
internal static class LocalReplica
{
    /// <summary>Ensures that copies are not written to the pipeline's own stream in place of another region's.</summary>
    /// <exception cref="UserException">ReplicaRegion is another region.</exception>
    public static void Require(LocalDeployment deployment)
    {
        if (deployment.Resources.TryGet(ResourceNames.ReplicatorFunction, out _) && !deployment.Resources.TryGet(ResourceNames.ReplicaStream, out _))
        {
            var region = deployment.Endpoints.Region;
            throw new UserException(
                $"ReplicaRegion is not {region}, the only region on this machine. Use --parameter ReplicaRegion={region}, with which the template creates a second stream.");
        }
    }
}
