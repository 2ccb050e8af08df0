/** The looks of the page for a ticket: the reader's own font and colours, three accents, wide traces that scroll by themselves. */

export const reportStyle = `
:root{--ink:#1d2328;--soft:#5b6570;--paper:#fff;--line:#d9dee3;--well:#1b7f4b;--doubt:#8a5a00;--fail:#b3261e;--tint:#f5f7f9}
@media (prefers-color-scheme:dark){:root{--ink:#e4e8ec;--soft:#9aa5b0;--paper:#14181c;--line:#333b43;--well:#5fce95;--doubt:#e8b45a;--fail:#ff8a80;--tint:#1c2228}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:62rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.5rem;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1.05rem;margin:0 0 .5rem;overflow-wrap:anywhere}
.about,footer{color:var(--soft)}
section{border-top:1px solid var(--line);padding:1rem 0}
.verdict{display:inline-block;border:1px solid currentColor;border-radius:.3rem;padding:0 .45rem;font-size:.85rem;font-weight:600}
.well{color:var(--well)}.doubtful{color:var(--doubt)}.failed{color:var(--fail)}.skipped{color:var(--soft)}
.finding{border-left:3px solid currentColor;padding:.1rem 0 .1rem .8rem;margin:.6rem 0}
.finding p{margin:.2rem 0}.finding p+p,.entry{color:var(--ink)}.entry{display:block}
table{border-collapse:collapse;font-size:.92rem}
th{text-align:left;font-weight:400;color:var(--soft);padding:.1rem 1.2rem .1rem 0;vertical-align:top}
td{padding:.1rem 0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
section>p{margin:.2rem 0 .5rem}
.again th span{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;white-space:nowrap}
pre{background:var(--tint);border:1px solid var(--line);border-radius:.3rem;padding:.7rem;overflow-x:auto;font:.82rem/1.45 ui-monospace,monospace;margin:.6rem 0 0}
.client{color:var(--soft)}
code{font:.92em ui-monospace,monospace;overflow-wrap:anywhere}
@media (max-width:40rem){th,td{display:block;padding:0}td{padding-bottom:.4rem}}
`;
