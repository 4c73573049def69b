using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MultiStage.Build.Tests.Fuzzing;

/// <summary>
/// Which branches of the readers have been taken, where <c>build/fuzz.sh</c> has instrumented them with SharpFuzz. Its instrumentation
/// counts each pair of consecutive blocks in a table, as AFL does. Source: https://github.com/Metalnem/sharpfuzz
/// </summary>
internal sealed class Coverage
{
    private const int TableBytes = 65_536;

    private static nint s_table;

    private readonly bool[] _seen = new bool[TableBytes * 8];

    private Coverage() => TookSomethingNew();

    /// <summary>How many different pairs and counts were seen.</summary>
    public int Seen { get; private set; }

    /// <summary>Begins to watch.</summary>
    /// <returns>Null where the readers are not instrumented.</returns>
    public static Coverage? Start() => s_table == 0 ? null : new();

    // What is instrumented fails without a table, and looking for tests runs some of it.
    [ModuleInitializer]
    internal static unsafe void GiveTable()
    {
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, "SharpFuzz.Common.dll")))
        {
            s_table = (nint)NativeMemory.AllocZeroed(TableBytes);
            var trace = Assembly.Load("SharpFuzz.Common").GetType("SharpFuzz.Common.Trace", throwOnError: true)!;
            trace.GetField("SharedMem")!.SetValue(null, Pointer.Box((byte*)s_table, typeof(byte*)));
        }
    }

    /// <summary>Looks at what was taken since the last call.</summary>
    /// <returns>Whether there was anything new.</returns>
    public unsafe bool TookSomethingNew()
    {
        var table = new Span<byte>((byte*)s_table, TableBytes);
        var isNew = false;
        for (var i = 0; i < TableBytes; i++)
        {
            if (table[i] == 0)
            {
                continue;
            }

            // How often, in powers of two: a loop that runs once more is nothing new.
            var key = (i * 8) + int.Log2(table[i]);
            if (!_seen[key])
            {
                _seen[key] = isNew = true;
                Seen++;
            }
        }

        table.Clear();
        return isNew;
    }
}
