using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace App.Specs;

[TestClass]
public class GreetingSpecs
{
    [TestMethod]
    public void A_greeting_ends_in_a_full_stop() => Assert.IsTrue(Greeter.Greet("Ada").EndsWith('.'));
}
