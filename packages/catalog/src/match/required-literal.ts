/**
 * A text that every match of an RE2 expression holds, read off the expression itself. Cautious: what it does not
 * understand (a choice, flags, a group, a class) only ends a run of plain characters, and a choice outside of groups, or
 * flags anywhere, mean that nothing is required.
 */

const shortest = 6;

export function requiredLiteral(regex: string): string | undefined {
  if (/\(\?[A-Za-z-]+[:)]|\\Q/.test(regex)) return undefined;
  let best = "";
  let run = "";
  let depth = 0;
  const endRun = () => {
    if (run.length > best.length) best = run;
    run = "";
  };
  for (const token of tokensOf(regex)) {
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (depth > 0 || token === ")") endRun();
    else if (token === "|") return undefined;
    else if (/^[*?]|^\{/.test(token)) {
      // The character before may be absent.
      run = run.slice(0, -1);
      endRun();
    } else if (token === "+") endRun();
    else {
      const character = plainCharacter(token);
      if (character === undefined) endRun();
      else run += character;
    }
  }
  endRun();
  return best.length >= shortest ? best : undefined;
}

/** Escapes, classes and counts as one token each, every other character as one. */
function tokensOf(regex: string): readonly string[] {
  return (
    regex.match(
      /\\[pPx]\{[^}]*\}|\\[pP].|\\x[0-9A-Fa-f]{2}|\\[0-7]+|\\[\s\S]|\[\^?\]?(?:\\[\s\S]|\[:\^?\w+:\]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[\s\S]/g,
    ) ?? []
  );
}

/** The character that the token stands for and nothing else, when it is one of ASCII that no logger writes otherwise. */
function plainCharacter(token: string): string | undefined {
  const character = /^\\[^A-Za-z0-9]$/.test(token) ? token.slice(1) : token;
  const special = token.length === 1 && "^$.()[]{}".includes(token);
  return special || !/^[ -~]$/.test(character) || /["\\/<>&='%]/.test(character) ? undefined : character;
}
