// Each test runs the whole pipeline; side by side they would only wait for one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
