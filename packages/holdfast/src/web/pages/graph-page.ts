/**
 * The page of the graph: the picture, and the same as a list. A phone shows the list, and the picture to those who ask for
 * it (`style.css`).
 */

import { byDomain } from "../catalog-groups.ts";
import { titleOf, type CatalogView, type ShownRecord } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html, type Markup } from "../markup.ts";
import { arrangeGraph } from "../picture/arrange-graph.ts";
import { graphPicture } from "../picture/graph-picture.ts";
import { siteWords } from "../site-words.ts";

export function graphPage(catalog: CatalogView, context: PageContext): Page {
  const { records, byId } = catalog;
  const { language, link } = context;
  const words = siteWords[language];
  const graph = arrangeGraph(records.map(({ id, transition_graph: graph }) => ({ id, leadsTo: graph.leads_to })));
  const label = words.graphPicture(graph.nodes.length, graph.edges.length);
  const titleById = (id: string): string => {
    const record = byId.get(id);
    return record === undefined ? id : titleOf(record, language);
  };
  const entry = (id: string): Markup =>
    byId.has(id) ? html`<a href="${link(`/${id}`)}">${titleById(id)}</a>` : html`${id}`;
  const picture = graphPicture(graph, { label, titleOf: titleById, linkOf: (id) => link(`/${id}`) });
  const leading = [...byDomain(catalog)]
    .map(([domain, members]) => [domain, members.filter(leadsOn)] as const)
    .filter(([, members]) => members.length > 0);
  return {
    title: words.graph,
    description: words.graphLead,
    isWide: true,
    body: html`<div class="graph-page">
      <h1>${words.graph}</h1>
      <p class="lead-in">${words.graphLead}</p>
      <nav class="jump" aria-label="${words.onThisPage}">
        <ul>
          <li><a href="#picture">${words.graphSeePicture}</a></li>
          <li><a href="#list">${words.graphSeeList}</a></li>
        </ul>
      </nav>
      <div class="picture" id="picture" tabindex="0" role="region" aria-label="${label}">${picture}</div>
      <section aria-labelledby="list">
        <h2 id="list">${words.graphList}</h2>
        <nav class="jump" aria-label="${words.graphList}">
          <ul>
            ${leading.map(([domain]) => html`<li><a href="#from-${domain}">${domain}</a></li> `)}
          </ul>
        </nav>
        ${leading.map(
          ([domain, members]) =>
            html`<h3 id="from-${domain}">${domain}</h3>
              <dl class="edges-list">
                ${members.map(
                  ({ id, transition_graph: { leads_to: to } }) =>
                    html`<dt>${entry(id)} <span class="quiet">${words.leadsTo}</span></dt>
                      ${to.map((each) => html`<dd>${entry(each)}</dd>`)} `,
                )}
              </dl> `,
        )}
      </section>
      <section aria-labelledby="alone">
        <h2 id="alone">${words.graphAlone(graph.alone.length)}</h2>
        <ul class="failures">
          ${graph.alone.map((id) => html`<li>${entry(id)}</li> `)}
        </ul>
      </section>
    </div>`,
  };
}

function leadsOn({ transition_graph: { leads_to: to } }: ShownRecord): boolean {
  return to.length > 0;
}
