/** Which names can be addresses of entries. What a folder of somebody's own calls its records need not fit on a site. Pure. */

/** First parts of addresses that the site has other things under. */
const takenDomains = ["api", "assets", "live", "schema", "zh"];
/** A name that ends like this would have the address of another form of an entry. */
const takenEndings = /\.(?:html|json|md|ndjson|txt|xml|css|js|svg)$/;
/** As the ids of records; parts of nothing but dots would lead out of the folder of an export. */
const wellFormed = /^[a-z0-9_-]+(?:\/(?!\.+(?:\/|$))[a-z0-9_.-]+)+$/;

/** Why not; undefined when it can. */
export function addressProblem(name: string): string | undefined {
  const [domain = ""] = name.split("/");
  if (!wellFormed.test(name)) return "expected domain/slug, in small letters";
  if (takenDomains.includes(domain)) return `the site has other things under /${domain}/`;
  return takenEndings.test(name) ? "reads like the name of a file on the site" : undefined;
}
