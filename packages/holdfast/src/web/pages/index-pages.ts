/** The three indexes and the list of all: what fails, how it reads, why, and who says it. */

import { byCause, byDomain, symptomsBy, type SymptomGroup } from "../catalog-groups.ts";
import { happenedOf, titleOf, type CatalogView, type ShownRecord } from "../catalog-view.ts";
import type { Page, PageContext } from "../layout.ts";
import { html, type Hole, type Markup } from "../markup.ts";
import { siteWords } from "../site-words.ts";

export function entriesPage(catalog: CatalogView, context: PageContext): Page {
  const words = siteWords[context.language];
  const domains = byDomain(catalog);
  return indexPage({
    title: words.entries,
    lead: words.entriesLead(catalog.records.length),
    groups: [...domains].map(([domain, records]) => ({
      id: domain,
      name: domain,
      body: html`<dl class="entries">
        ${records.map(
          (record) =>
            html`<dt><a href="${context.link(`/${record.id}`)}">${titleOf(record, context.language)}</a></dt>
              <dd>
                ${happenedOf(record, context.language)}
                <code class="id">${record.id}</code>${ownMark(record, catalog, context)}
              </dd> `,
        )}
      </dl>`,
    })),
    context,
  });
}

export function symptomsPage({ records }: CatalogView, context: PageContext): Page {
  const words = siteWords[context.language];
  const groups = symptomsBy(records, ({ code }) => code ?? "");
  return indexPage({
    title: words.symptoms,
    lead: words.symptomsLead(groups.reduce((sum, { texts }) => sum + texts.length, 0)),
    // Those without a status come last: whoever has a status looks there first.
    groups: [...groups.filter(({ name }) => name !== ""), ...groups.filter(({ name }) => name === "")].map((group) => ({
      id: group.name === "" ? "no-status" : group.name.toLowerCase().replaceAll("_", "-"),
      name: group.name === "" ? words.noCode : group.name,
      body: textList(group, context, true),
    })),
    context,
  });
}

export function causesPage(catalog: CatalogView, context: PageContext): Page {
  const words = siteWords[context.language];
  return indexPage({
    title: words.causes,
    lead: words.causesLead,
    groups: [...byCause(catalog)].map(([cause, records]) => ({
      id: cause,
      name: words.causeNames[cause] ?? cause,
      body: html`<ul class="failures">
          ${records.map((record) => html`<li>${entryLink(record, context)}</li> `)}
        </ul>
        <h3>${words.symptoms}</h3>
        ${symptomsBy(records, () => "").map((group) => textList(group, context, true))}`,
    })),
    context,
  });
}

export function implementationsPage({ records }: CatalogView, context: PageContext): Page {
  const words = siteWords[context.language];
  return indexPage({
    title: words.implementations,
    lead: words.implementationsLead,
    groups: symptomsBy(records, ({ implementation }) => implementation).map((group) => ({
      id: group.name,
      name: group.name === "any" ? words.anyImplementation : group.name,
      body: textList(group, context, false),
    })),
    context,
  });
}

interface IndexParts {
  readonly title: string;
  readonly lead: string;
  readonly groups: readonly { readonly id: string; readonly name: string; readonly body: Markup }[];
  readonly context: PageContext;
}

function indexPage({ title, lead, groups, context }: IndexParts): Page {
  return {
    title,
    description: lead,
    body: html`<div class="index">
      <h1>${title}</h1>
      <p class="lead-in">${lead}</p>
      <nav class="jump" aria-label="${siteWords[context.language].onThisPage}">
        <ul>
          ${groups.map(({ id, name }) => html`<li><a href="#${id}">${name}</a></li> `)}
        </ul>
      </nav>
      ${groups.map(
        ({ id, name, body }) =>
          html`<section aria-labelledby="${id}">
            <h2 id="${id}">${name}</h2>
            ${body}
          </section> `,
      )}
    </div>`,
  };
}

function textList({ texts }: SymptomGroup, context: PageContext, withPrograms: boolean): Markup {
  return html`<dl class="texts">
    ${texts.map(
      ({ text, implementations, entries }) =>
        html`<dt>
            <code translate="no">${text}</code
            >${withPrograms && html` <span class="quiet">${implementations.join(", ")}</span>`}
          </dt>
          <dd>${entries.map((record) => html`<p>${entryLink(record, context)}</p>`)}</dd> `,
    )}
  </dl>`;
}

function entryLink(record: ShownRecord, { language, link }: PageContext): Markup {
  return html`<a href="${link(`/${record.id}`)}">${titleOf(record, language)}</a>`;
}

/** In the list of all, which is where somebody looks whether their records are there. */
function ownMark({ id }: ShownRecord, { brought }: CatalogView, { language }: PageContext): Hole {
  const from = brought.get(id);
  return from && html` <span class="own-mark">${siteWords[language].own(from.file)}</span>`;
}
