module Greeting

let forName name = $"Hello, {name}, from F#."
