namespace Seats.Clustering;

/// <summary>What the nodes of a cluster call things.</summary>
public static class ClusterNames
{
    /// <summary>The cluster, and the service in it.</summary>
    public const string Cluster = "seats";

    /// <summary>The schema of Postgres that all tables are in.</summary>
    public const string Schema = "seats";

    /// <summary>The shared key that is the nodes' certificate.</summary>
    public const string NodeCertificate = "node-certificate";
}
