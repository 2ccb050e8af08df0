/** The article's figures, each with what the rules say of it. */

import { checkPath, type Finding } from "../rules/check-path.ts";
import { pathRules } from "../rules/rules-table.ts";
import { type ArticleFigure, articlePaths } from "./article-table.ts";

export interface JudgedFigure extends ArticleFigure {
  readonly hop: string;
  /** What is wrong with it; empty: nothing that a rule knows. */
  readonly findings: readonly Finding[];
}

export interface JudgedPath {
  readonly title: string;
  readonly figures: readonly JudgedFigure[];
  /** About the path as a whole: no figure of this part stands for them. */
  readonly others: readonly Finding[];
}

export function judgeArticle(): readonly JudgedPath[] {
  const told = new Set<string>();
  return articlePaths.map(({ title, path, figures }) => {
    const { findings } = checkPath(path, pathRules);
    const used = new Set<Finding>();
    const judged = Object.entries(figures).flatMap(([hop, list]) =>
      list.map((each): JudgedFigure => {
        const about = findings.filter((finding) => isAbout(finding, hop, each.setting));
        for (const finding of about) used.add(finding);
        return { ...each, hop, findings: about };
      }),
    );
    // What was said of the same client and server without a hop in between is not said again.
    const others = findings.filter((finding) => !used.has(finding) && !told.has(keyOf(finding)));
    for (const finding of findings) told.add(keyOf(finding));
    return { title, figures: judged, others };
  });
}

/** Settings stand in the order of the hops that they are of; those of calls are nobody's, and count for each. */
function isAbout({ hops, settings }: Finding, hop: string, setting: string | null): boolean {
  return settings.some((each, index) => {
    if (each !== setting) return false;
    const owner = hops[index] ?? hops.at(-1);
    return owner?.name === hop || (each.startsWith("calls.") && hops.some(({ name }) => name === hop));
  });
}

function keyOf({ rule, says }: Finding): string {
  return `${rule.id} ${says}`;
}
