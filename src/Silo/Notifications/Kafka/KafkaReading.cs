using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Seats.Silo.Notifications;

/// <summary>Asks the brokers themselves how far a consumer is: what the consumer remembers of a topic may be of one that is gone.</summary>
internal static class KafkaReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Of every partition the consumer has now and the brokers can tell about.</summary>
    /// <exception cref="KafkaException">The brokers did not answer.</exception>
    public static List<ReadingProgress> Of(IConsumer<byte[]?, byte[]?> consumer, IAdminClient admin)
    {
        var assigned = consumer.Assignment;
        if (assigned.Count == 0) return [];
        var (begins, ends) = (Offsets(admin, assigned, OffsetSpec.Earliest()), Offsets(admin, assigned, OffsetSpec.Latest()));
        var committed = consumer.Committed(assigned, Patience).ToDictionary(partition => partition.TopicPartition, partition => partition.Offset.Value);
        List<ReadingProgress> all = [];
        foreach (var partition in assigned)
        {
            if (!begins.TryGetValue(partition, out var begin) || !ends.TryGetValue(partition, out var end)) continue;
            var position = consumer.Position(partition).Value;
            // One that was not read yet begins where the group ended, or at the start where that is not there.
            if (position < 0) position = committed.GetValueOrDefault(partition, Offset.Unset.Value) is var last && last >= begin && last <= end ? last : begin;
            all.Add(new ReadingProgress(partition.Topic, partition.Partition.Value, begin, end, position));
        }
        return all;
    }

    private static Dictionary<TopicPartition, long> Offsets(IAdminClient admin, List<TopicPartition> partitions, OffsetSpec which)
    {
        var asked = partitions.Select(partition => new TopicPartitionOffsetSpec { TopicPartition = partition, OffsetSpec = which });
        List<TopicPartitionOffsetError> answers;
        try
        {
            answers = [.. admin.ListOffsetsAsync(asked, new ListOffsetsOptions { RequestTimeout = Patience }).GetAwaiter().GetResult().ResultInfos.Select(info => info.TopicPartitionOffsetError)];
        }
        catch (ListOffsetsException some)
        {
            // Of some, like those of a topic that was just deleted, there is nothing to tell.
            answers = [.. some.Result.ResultInfos.Select(info => info.TopicPartitionOffsetError)];
        }
        return answers.Where(answer => !answer.Error.IsError).ToDictionary(answer => answer.TopicPartition, answer => answer.Offset.Value);
    }
}
