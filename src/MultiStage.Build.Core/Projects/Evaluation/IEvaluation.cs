namespace MultiStage.Build.Projects.Evaluation;

/// <summary>A project as MSBuild evaluated it.</summary>
public interface IEvaluation
{
    /// <summary>The project's absolute path.</summary>
    string FullPath { get; }

    /// <summary>The absolute paths of all that it imports.</summary>
    IEnumerable<string> Imports { get; }

    /// <summary>Its items.</summary>
    IEnumerable<IEvaluatedItem> Items { get; }

    /// <summary>A property's value, unescaped; empty where it is not set.</summary>
    string Property(string name);

    /// <summary>Whether the evaluation was given a property.</summary>
    bool IsGiven(string property);
}

/// <summary>An item of an evaluation.</summary>
public interface IEvaluatedItem
{
    /// <summary>Its type, such as <c>Compile</c>.</summary>
    string Type { get; }

    /// <summary>What it includes, unescaped.</summary>
    string Include { get; }

    /// <summary>A metadata's value, unescaped; empty where it is not set.</summary>
    string Metadata(string name);
}
