// A pipeline waits for batching windows and starting processes about as long as it computes: as many tests at a time as there are cores.
[assembly: CollectionBehavior(DisableTestParallelization = false, MaxParallelThreads = 0)]
