/** The page of the graph: the picture, and the same as a list. */

import { titleOf, type CatalogView } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html, type Markup } from "../markup.ts";
import { arrangeGraph } from "../picture/arrange-graph.ts";
import { graphPicture } from "../picture/graph-picture.ts";
import { siteWords } from "../site-words.ts";

export function graphPage({ records, byId }: CatalogView, context: PageContext): Page {
  const { language, link } = context;
  const words = siteWords[language];
  const graph = arrangeGraph(records.map(({ id, transition_graph: graph }) => ({ id, leadsTo: graph.leads_to })));
  const label = words.graphPicture(graph.nodes.length, graph.edges.length);
  const titleById = (id: string): string => {
    const record = byId.get(id);
    return record === undefined ? id : titleOf(record, language);
  };
  const entry = (id: string): Markup => html`<a href="${link(`/${id}`)}">${titleById(id)}</a>`;
  const picture = graphPicture(graph, { label, titleOf: titleById, linkOf: (id) => link(`/${id}`) });
  return {
    title: words.graph,
    description: words.graphLead,
    isWide: true,
    body: html`<div class="graph-page">
      <h1>${words.graph}</h1>
      <p class="lead-in">${words.graphLead}</p>
      <div class="picture" tabindex="0" role="region" aria-label="${label}">${picture}</div>
      <section aria-labelledby="list">
        <h2 id="list">${words.graphList}</h2>
        <dl class="edges-list">
          ${records
            .filter(({ transition_graph: { leads_to: to } }) => to.length > 0)
            .map(
              ({ id, transition_graph: { leads_to: to } }) =>
                html`<dt>${entry(id)} <span class="quiet">${words.leadsTo}</span></dt>
                  ${to.map((each) => html`<dd>${entry(each)}</dd>`)} `,
            )}
        </dl>
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
