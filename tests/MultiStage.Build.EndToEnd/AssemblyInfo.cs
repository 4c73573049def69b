// Each test has folders of its own, but they share one daemon and one machine's processors.
[assembly: Parallelize(Workers = 3, Scope = ExecutionScope.MethodLevel)]
