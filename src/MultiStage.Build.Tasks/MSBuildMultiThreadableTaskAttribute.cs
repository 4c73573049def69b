namespace Microsoft.Build.Framework;

/// <summary>
/// Tells MSBuild that a task may run on a thread beside others. MSBuild looks for it by its full name, so that a task can bear it and still
/// run where MSBuild's own assemblies do not have it yet.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
internal sealed class MSBuildMultiThreadableTaskAttribute : Attribute;
