// A pipeline spends about half of its time waiting for batching windows and process starts: run one test per core.
[assembly: CollectionBehavior(DisableTestParallelization = false, MaxParallelThreads = 0)]
