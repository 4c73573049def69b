namespace NotChosen;

public static class Choice;
