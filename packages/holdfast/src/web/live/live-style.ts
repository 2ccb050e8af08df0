/** Owns the looks of the live page: what the site's style, whose colours it uses, does not say already. */

export const liveStyle = `.live {
  --ours: var(--accent);
  --theirs: #6a3fa0;
}
@media (prefers-color-scheme: dark) {
  .live {
    --theirs: #c3a6f0;
  }
}
.live form {
  display: flex;
  flex-wrap: wrap;
  gap: 0.75rem 1.5rem;
  align-items: end;
  margin: 1.5rem 0 1rem;
}
.live form[hidden] {
  display: none;
}
.live form p {
  margin: 0;
}
.live label {
  display: block;
  margin: 0 0 0.25rem;
  font-size: 0.85rem;
  color: var(--quiet);
}
.live select {
  font: inherit;
  min-height: 2.5rem;
  padding: 0.3rem 0.5rem;
  max-width: 100%;
  color: var(--ink);
  background: var(--field);
  border: 1px solid var(--quiet);
  border-radius: 6px;
}
.live h2 {
  margin-top: 2.25rem;
}
.live .buttons {
  display: flex;
  gap: 0.75rem;
}
.live .buttons button {
  min-height: 2.5rem;
  padding: 0.3rem 1.2rem;
  border-radius: 6px;
}
.live button:disabled {
  opacity: 0.45;
  cursor: default;
}
.live [role="status"] {
  min-height: 1.6em;
  margin: 1rem 0;
  font-weight: 600;
}
.live figure {
  margin: 1.5rem 0 2rem;
}
.live figcaption {
  display: flex;
  justify-content: space-between;
  margin: 0 0 0.5rem;
  color: var(--quiet);
  font-size: 0.9rem;
}
.live .caption {
  font-weight: 600;
}
.live #live-clock {
  font-variant-numeric: tabular-nums;
}
.live svg {
  display: block;
  max-width: 100%;
  height: auto;
  font-family: var(--sans);
  font-size: 11px;
  font-variant-numeric: tabular-nums;
}
.live svg text {
  fill: var(--quiet);
}
.live .ground {
  fill: var(--tint);
}
.live .axis,
.live .rate {
  stroke: var(--line);
  fill: none;
}
.live .rate {
  stroke: var(--quiet);
  stroke-dasharray: 1 4;
}
.live .lane.holdfast {
  --lane: var(--ours);
}
.live .lane.grpc-js {
  --lane: var(--theirs);
}
.live .lane .name {
  fill: var(--lane);
  font-size: 14px;
  font-weight: 700;
}
.live .lane .outcome {
  font-size: 13px;
}
.live .lane .lossy {
  fill: var(--bad);
  font-weight: 700;
}
.live .pace {
  stroke: var(--lane);
  stroke-width: 2;
  stroke-linejoin: round;
  fill: none;
}
.live .under {
  fill: var(--lane);
  opacity: 0.12;
}
.live .now {
  fill: var(--lane);
}
.live .edge {
  stroke: var(--lane);
  opacity: 0.4;
}
.live path.restart {
  stroke: var(--quiet);
  stroke-dasharray: 3 3;
  opacity: 0.7;
}
.live path.restart.kill {
  stroke: var(--warn);
  stroke-dasharray: none;
}
.live text.restart.kill {
  fill: var(--warn);
  font-weight: 700;
}
.live rect.read {
  fill: var(--bad);
}
.live rect.write {
  fill: var(--tint);
  stroke: var(--bad);
  stroke-width: 1.8;
}
.live text.more {
  fill: var(--bad);
  font-weight: 700;
  paint-order: stroke;
  stroke: var(--tint);
  stroke-width: 4px;
}
.live .legend {
  list-style: none;
  display: flex;
  flex-wrap: wrap;
  gap: 0.25rem 1.5rem;
  margin: 0.75rem 0 0;
  padding: 0;
  color: var(--quiet);
  font-size: 0.85rem;
}
.live .legend li {
  position: relative;
  margin: 0;
  padding-left: 1.2em;
}
.live .legend li::before {
  content: "";
  position: absolute;
  left: 0;
  top: 0.45em;
  width: 0.7em;
  height: 0.7em;
  box-sizing: border-box;
}
.live .legend .read::before {
  background: var(--bad);
}
.live .legend .write::before {
  border: 2px solid var(--bad);
}
.live .legend .term::before,
.live .legend .kill::before {
  left: 0.3em;
  top: 0.2em;
  width: 0;
  height: 1.2em;
  border-left: 2px dashed var(--quiet);
}
.live .legend .kill::before {
  border-left: 2px solid var(--warn);
}
.live .counts {
  width: 100%;
  max-width: 40rem;
  border-collapse: collapse;
  font-variant-numeric: tabular-nums;
}
.live .counts th,
.live .counts td {
  padding: 0.35rem 0.6rem;
  border: 0;
  text-align: left;
  vertical-align: baseline;
  font-weight: 400;
}
.live .counts tbody tr {
  border-top: 1px solid var(--line);
}
.live .counts th:first-child,
.live .counts td:first-child {
  padding-left: 0;
}
.live .counts thead th {
  color: var(--quiet);
}
.live .counts .number {
  text-align: right;
  white-space: nowrap;
}
.live .counts th[scope="colgroup"],
.live .counts .bad,
.live .counts .warn {
  font-weight: 700;
}
.live .counts .bad {
  color: var(--bad);
}
.live .counts .warn {
  color: var(--warn);
}
.live .counts th.holdfast,
.live .holdfast .whose b {
  color: var(--ours);
}
.live .counts th.grpc-js,
.live .grpc-js .whose b {
  color: var(--theirs);
}
.live .told {
  list-style: none;
  margin: 0;
  padding: 0;
}
.live .told li {
  margin: 0;
  padding: 0.75rem 0;
  border-top: 1px solid var(--line);
}
.live .told p {
  margin: 0;
  max-width: none;
  overflow-wrap: anywhere;
}
.live .told .whose,
.live .told .processed {
  color: var(--quiet);
}
.live .told .whose {
  font-size: 0.85rem;
}
.live .told .processed::before {
  content: "· ";
}
.live .terminal {
  margin-top: 2rem;
}
@media (max-width: 36rem) {
  .live .counts th,
  .live .counts td {
    padding: 0.3rem 0.35rem;
    font-size: 0.85rem;
  }
  .live form p,
  .live select {
    width: 100%;
  }
  .live .buttons button {
    min-width: 6rem;
  }
}
@media print {
  .live form {
    display: none;
  }
}
`;
