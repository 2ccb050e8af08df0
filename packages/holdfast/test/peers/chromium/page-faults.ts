/** What keeps people from using a page, found by functions that run in the page and therefore hold all that they need. */

/// <reference lib="dom" />
/// <reference lib="dom.iterable" />

/** Runs in the page: links and controls without a name, and pictures that are one thing but do not say which. */
export function namelessControls(): readonly string[] {
  const nameOf = (element: Element): string => {
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels : null;
    const label = element instanceof HTMLSelectElement ? element.labels : labels;
    const own = label === null ? element.textContent : [...label].map(({ textContent }) => textContent).join(" ");
    return (element.getAttribute("aria-label") ?? own ?? "").trim();
  };
  const used = document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), textarea, select, [role=img], nav",
  );
  return [...used].filter((element) => nameOf(element) === "").map((element) => element.outerHTML.slice(0, 80));
}

/** Runs in the page: by what whoever has the keyboard sees where it is; "none" when by nothing. */
export function focusMark(): string {
  const element = document.activeElement;
  if (element === null || element === document.body) return "the browser's own";
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const rect = element.querySelector(":scope > rect");
  if (rect !== null) return Number.parseFloat(getComputedStyle(rect).strokeWidth) >= 2 ? "stroke" : "none";
  return outlineStyle !== "none" && outlineWidth !== "0px" ? outlineStyle : "none";
}

/** Runs in the page: texts whose contrast against what is behind them is below 4.5 : 1. */
export function weakTexts(): readonly string[] {
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  const rgba = (colour: string): readonly number[] => {
    brush?.clearRect(0, 0, 1, 1);
    if (brush) brush.fillStyle = colour;
    brush?.fillRect(0, 0, 1, 1);
    return [...(brush?.getImageData(0, 0, 1, 1).data ?? [])];
  };
  const light = (colour: readonly number[]): number => {
    const [red = 0, green = 0, blue = 0] = colour.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element: Element | null): readonly number[] => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const weak: string[] = [];
  for (const element of document.querySelectorAll("body *")) {
    const own = [...element.childNodes].some((node) => node.nodeType === 3 && (node.textContent ?? "").trim() !== "");
    if (!own || element.closest("svg, noscript") !== null || element.getClientRects().length === 0) continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(behind(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < 4.5)
      weak.push(`${contrast.toFixed(2)} ${element.tagName} ${(element.textContent ?? "").slice(0, 40)}`);
  }
  return weak;
}
