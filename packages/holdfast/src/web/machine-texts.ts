/** The texts by which programs find their way: llms.txt, sitemap.xml, robots.txt. */

import { fileOf, linkTo, type Medium } from "./address.ts";
import { byDomain } from "./catalog-groups.ts";
import { happenedOf, titleOf, type CatalogView } from "./catalog-view.ts";
import { escaped } from "./markup.ts";

/** After the proposal at https://llmstxt.org: a title, a summary, lists of links. */
export function llmsText(catalog: CatalogView, medium: Medium): string {
  const link = (path: string): string => linkTo(medium, "/llms.txt", path);
  const lists = [...byDomain(catalog)].map(([domain, records]) =>
    [
      `## ${domain}`,
      "",
      ...records.map(
        (record) => `- [${titleOf(record, "en")}](${link(`/${record.id}.md`)}): ${happenedOf(record, "en")}`,
      ),
    ].join("\n"),
  );
  return `# Holdfast

> What errors of gRPC and HTTP/2 mean: ${catalog.records.length} failures by the texts that programs print, with who closed what, whether the call was processed and may be sent again, what helps, what does not, and how each of these is known.

Every entry is also there as JSON (\`.json\` in place of \`.md\`) and in Chinese (below \`/zh\`). A pasted error is explained by \`npx holdfast explain 'TEXT'\`, or by POST /api/v1/explain of \`npx holdfast web\`; "not known" is an answer there. A rate is null until an experiment has counted it.

- [All entries, one JSON object a line](${link("/entries.ndjson")})
- [OpenAPI description](${link("/openapi.json")})
- [JSON Schema of an entry](${link("/schema/record.json")})

${lists.join("\n\n")}
`;
}

export function sitemap(paths: readonly string[], medium: Medium, baseUrl: string): string {
  const addresses = paths.map((path) => `${baseUrl}${medium === "served" ? path : `/${fileOf(path)}`}`);
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${addresses.map((address) => `<url><loc>${escaped(address)}</loc></url>`).join("\n")}
</urlset>
`;
}

export function robotsText(baseUrl: string): string {
  return `User-agent: *\nDisallow:\n\nSitemap: ${baseUrl}/sitemap.xml\n`;
}
