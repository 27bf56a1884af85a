import { BASE } from "./connection.js";
import { el, unseen } from "./dom.js";

// With area code; 988 and 911 have buttons.
const PHONE = /((?<![\w-])(?:1-)?(?:\(\d{3}\) ?|\d{3}-)\d{3}-\d{4}(?![\w-]))/;

/** A reply as elements: paragraphs, lists, safety notes set apart, sources and links as links. */
export function words(text, { sources = [], links = [], notes = [] }, labels) {
  const found = text.split(/\n{2,}/).flatMap((block) => {
    if (notes.includes(block)) return [note(block)];
    return runs(block.split("\n"), sources, links).map(([kind, lines]) => {
      if (kind === "list") return el("ul", {}, ...lines.map((line) => el("li", {}, ...callable(line.slice(2)))));
      if (kind === "source") return sourceLine(lines.join("\n"), sources, labels);
      if (kind === "link") return el("p", {}, ...lines.map((line) => link(linkIn(line, links), labels)));
      return el("p", {}, ...callable(lines.join("\n")));
    });
  });
  if (!sources.length || found.some((element) => element.className === "source")) return found;
  const titles = sources.map(({ title }) => `"${title}"`).join(", ");
  return [...found, sourceLine(`${labels.source} ${titles}`, sources, labels)];
}

/** Neighbours of one kind: [kind, lines]. */
function runs(lines, sources, links) {
  const found = [];
  for (const line of lines) {
    const kind = kindOf(line, sources, links);
    if (found.at(-1)?.[0] === kind) found.at(-1)[1].push(line);
    else found.push([kind, [line]]);
  }
  return found;
}

function kindOf(line, sources, links) {
  if (line.startsWith("- ")) return "list";
  if (sources.length && sources.every(({ title }) => line.includes(`"${title}"`))) return "source";
  return linkIn(line, links) ? "link" : "plain";
}

function linkIn(line, links) {
  return links.find(({ title, url }) => line === title || line === `${title}: ${url}`);
}

function sourceLine(line, sources, labels) {
  const pieces = line.split(/"(.*?)"/).map((piece) => {
    const source = sources.find(({ title }) => title === piece);
    return source ? passage(source, labels) : piece;
  });
  return el("p", { class: "source" }, ...pieces);
}

function note(text) {
  const label = text.slice(0, text.indexOf(":") + 1);
  return el("p", { class: "note" }, el("strong", {}, label), ...callable(text.slice(label.length)));
}

/** The server's link; only its title when it is neither a page nor a number. */
function link({ title, url }, labels) {
  if (url.startsWith("tel:")) return el("a", { href: url }, title);
  return url.startsWith("https:") ? newTab(title, url, labels) : title;
}

function passage({ title, anchor }, labels) {
  const url = new URL("article", BASE);
  url.hash = anchor;
  if (url.origin !== location.origin) return newTab(title, url, labels);
  return el("a", { href: url, class: "passage" }, title);
}

/** Phone numbers as links. */
function callable(text) {
  return text.split(PHONE).map((piece, at) => {
    if (at % 2 === 0) return piece;
    return el("a", { href: `tel:+1${piece.replace(/\D/g, "").slice(-10)}` }, piece);
  });
}

function newTab(title, href, labels) {
  return el("a", { href, target: "_blank", rel: "noopener" }, title, unseen(` ${labels.newTab}`));
}
