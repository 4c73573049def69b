[<EntryPoint>]
let main args =
    let name = if args.Length > 0 then args[0] else "container"
    printfn "%s" (Greeting.forName name)
    0
