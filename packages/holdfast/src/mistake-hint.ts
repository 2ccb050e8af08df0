/** What every mistake on the command line ends with. */
export const mistakeHint = "(holdfast help, or holdfast help <command>, says what can be said)";
