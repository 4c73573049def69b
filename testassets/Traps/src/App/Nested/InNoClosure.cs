namespace Nested; public static class InNoClosure;
