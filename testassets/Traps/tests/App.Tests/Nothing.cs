namespace App.Tests;

public sealed class Nothing;
