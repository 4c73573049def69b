Module Program
    Sub Main(args As String())
        Dim name = If(args.Length > 0, args(0), "container")
        Console.WriteLine($"Hello, {name}, from Visual Basic.")
    End Sub
End Module
