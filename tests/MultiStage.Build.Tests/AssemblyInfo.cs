[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

// The core's types are internal, and so is a test that is given one.
[assembly: DiscoverInternals]
