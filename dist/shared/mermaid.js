import { Kn as markControl, vn as formatCount } from "./engine.js";
// src/report/mermaid.ts
const MAX_TARGETS = 4;
const MAX_LABEL = 72;
const VERDICT_WORDS = {
	passed: "✓ passed",
	refused: "✗ refused",
	reported: "! reported only",
	undecided: "? could not decide",
	skipped: "– off"
};
const ARRIVAL_WORDS = {
	written: "✓ promoted",
	unchanged: "✓ was there already",
	planned: "… planned, not written",
	blocked: "✗ not promoted"
};
const LAST_EDGE = {
	written: "-->",
	unchanged: "-->",
	planned: "-.->",
	blocked: "-.-"
};
/** White on these is readable (4.5:1 or more), whatever colour the page has behind them. */
const DIAGRAM_CLASSES = [
	"classDef place fill:#0969da,stroke:#0969da,color:#ffffff",
	"classDef passed fill:#1a7f37,stroke:#1a7f37,color:#ffffff",
	"classDef refused fill:#cf222e,stroke:#cf222e,color:#ffffff,stroke-width:3px",
	"classDef reported fill:#9a6700,stroke:#9a6700,color:#ffffff,stroke-dasharray:5 3",
	"classDef undecided fill:#8250df,stroke:#8250df,color:#ffffff,stroke-width:3px",
	"classDef skipped fill:#59636e,stroke:#59636e,color:#ffffff,stroke-dasharray:2 3"
];
/** Gates close together and no line broken inside a name, so that the picture stays readable on a phone. */
const DIAGRAM_LAYOUT = "%%{init: {\"flowchart\": {\"nodeSpacing\": 14, \"rankSpacing\": 44, \"padding\": 9, \"wrappingWidth\": 480}}}%%";
/** The way of an image as a Mermaid flowchart, left to right: source, the gates side by side, targets. Each verdict is a sign and a word, so that no colour is needed to read it. */
function pathDiagram(path) {
	const arrival = path.arrival ?? (path.gates.some(isBlocking) ? "blocked" : "written");
	const targets = path.targets.slice(0, MAX_TARGETS).map(renderPlace);
	const rest = path.targets.length - targets.length;
	if (rest > 0) targets.push(renderLabel(`and ${formatCount(rest)} more`));
	return [
		DIAGRAM_LAYOUT,
		"flowchart LR",
		`  source("${renderPlace(path.source)}"):::place`,
		...path.gates.map(({ name, verdict }, i) => `  gate${i}["${renderLabel(name)}<br>${VERDICT_WORDS[verdict]}"]:::${verdict}`),
		`  target("${targets.join("<br>")}<br>${ARRIVAL_WORDS[arrival]}"):::${arrival === "blocked" ? "refused" : "place"}`,
		...renderEdges(path, arrival),
		...DIAGRAM_CLASSES.map((line) => `  ${line}`)
	].join("\n");
}
function renderEdges(path, arrival) {
	const last = LAST_EDGE[arrival];
	if (path.gates.length === 0) return [`  source ${last} target`];
	return path.gates.flatMap((gate, i) => [`  source ${gate.verdict === "skipped" ? "-.-" : "-->"} gate${i}`, `  gate${i} ${isBlocking(gate) ? "--x" : gate.verdict === "skipped" ? "-.-" : last} target`]);
}
function isBlocking({ verdict }) {
	return verdict === "refused" || verdict === "undecided";
}
/** An image reference as a label on two lines, registry and repository. */
function renderPlace(reference) {
	const slash = reference.indexOf("/");
	return slash < 1 ? renderLabel(reference) : `${renderLabel(reference.slice(0, slash + 1))}<br>${renderLabel(reference.slice(slash + 1))}`;
}
/** Mermaid makes these an icon or a formula even where they are entities; a zero-width space stops it. */
const LATE_SYNTAX = /:(?=fa-)|\$(?=\$)/g;
/** Anything but letters, digits, spaces and slashes becomes a Mermaid entity: quotes, HTML, Markdown and links in a name stay text; https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters */
function renderLabel(text) {
	const chars = Array.from(markControl(text).trim() || "?");
	const half = Math.floor(71 / 2);
	return (chars.length <= MAX_LABEL ? chars : [
		...chars.slice(0, half),
		"…",
		...chars.slice(-35)
	]).join("").replace(LATE_SYNTAX, "$&​").replace(/[^A-Za-z0-9 /]/gu, (char) => `#${char.codePointAt(0)};`);
}
export { renderPlace as a, renderLabel as i, DIAGRAM_LAYOUT as n, pathDiagram as r, DIAGRAM_CLASSES as t };
