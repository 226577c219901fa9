// The browser and the pipeline take both cores; side by side the tests would only wait for one another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
