using Analytics.Local.Mapping;

namespace Analytics.Local.Tests.Mapping;

public sealed class ShardFamilyTests
{
    private readonly ShardFamily _family = new();

    [Fact]
    public void ShardsWithoutParentsAreReadSideBySide()
    {
        _family.Add([Shard("a"), Shard("b")]);

        Assert.Equal(["a", "b"], _family.TakeReady());
        Assert.Empty(_family.TakeReady());
    }

    [Fact]
    public void TheChildrenOfASplitWaitForTheirParentAndThenRunSideBySide()
    {
        _family.Add([Shard("a"), Shard("a1", "a"), Shard("a2", "a")]);
        Assert.Equal(["a"], _family.TakeReady());

        _family.Finish("a");

        Assert.Equal(["a1", "a2"], _family.TakeReady());
    }

    [Fact]
    public void TheChildOfAMergeWaitsForBothParents()
    {
        _family.Add([Shard("a"), Shard("b"), Shard("ab", "a", "b")]);
        Assert.Equal(["a", "b"], _family.TakeReady());
        _family.Finish("b");
        Assert.Empty(_family.TakeReady());

        _family.Finish("a");

        Assert.Equal(["ab"], _family.TakeReady());
    }

    [Fact]
    public void GrandchildrenWaitForChildren()
    {
        _family.Add([Shard("a"), Shard("a1", "a"), Shard("a1x", "a1")]);
        _family.TakeReady();
        _family.Finish("a");

        Assert.Equal(["a1"], _family.TakeReady());
        _family.Finish("a1");
        Assert.Equal(["a1x"], _family.TakeReady());
    }

    [Fact]
    public void AShardWhoseParentIsNoLongerListedIsRead()
    {
        _family.Add([Shard("a1", "a")]);

        Assert.Equal(["a1"], _family.TakeReady());
    }

    [Fact]
    public void ShardsThatAreListedAgainAreNotReadAgain()
    {
        _family.Add([Shard("a")]);
        _family.TakeReady();

        Assert.Equal([Shard("a1", "a")], _family.Add([Shard("a"), Shard("a1", "a")]));

        Assert.True(_family.HasChildren("a"));
        Assert.False(_family.HasChildren("a1"));
        Assert.Empty(_family.TakeReady());
    }

    private static ShardInfo Shard(string id, string? parent = null, string? adjacentParent = null) => new(id, parent, adjacentParent, IsClosed: false);
}
