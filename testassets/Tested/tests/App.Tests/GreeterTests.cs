using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace App.Tests;

[TestClass]
public class GreeterTests
{
    [TestMethod]
    public void It_greets() => Assert.AreEqual("Hello, Ada.", Greeter.Greet("Ada"));
}
