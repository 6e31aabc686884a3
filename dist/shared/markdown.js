import { o as escapeMarkdown, qn as stripControl } from "./engine.js";
// src/report/markdown.ts
/** Blocks of one document, a blank line between them; `undefined` and empty ones are left out. Everything called `markdown` in this module must be escaped already. */
function joinBlocks(blocks) {
	return blocks.filter((block) => block !== void 0 && block.trim() !== "").map((block) => block.replace(/^\n+|(?<!\n)\n+$/g, "")).join("\n\n");
}
/** A heading of level 1 to 6. */
function renderHeading(level, markdown) {
	return `${"#".repeat(level)} ${markdown}`;
}
/** A list; lines after an item's first are indented, so that they stay part of it. */
function renderList(items, kind = "bullets") {
	return items.map((item, i) => {
		const marker = kind === "bullets" ? "- " : `${i + 1}. `;
		return marker + item.split("\n").join(`\n${" ".repeat(marker.length)}`);
	}).join("\n");
}
/** A section that opens on a click. `title` is plain text, escaped here, because GitHub reads no Markdown inside a summary. */
function renderDetails(title, markdown, options = {}) {
	return `${options.open === true ? "<details open>" : "<details>"}\n<summary>${escapeMarkdown(title)}</summary>\n\n${markdown}\n\n</details>`;
}
/** A code block of plain text; its fence is longer than any run of backticks inside. `language` is a word such as `sh` or `mermaid`. */
function renderCodeBlock(text, language = "") {
	const body = stripControl(text).replace(/(?<!\n)\n+$/, "");
	const longest = Math.max(2, ...Array.from(body.matchAll(/`+/g), (run) => run[0].length));
	const fence = "`".repeat(longest + 1);
	return `${fence}${/^[a-z0-9-]*$/.test(language) ? language : ""}\n${body}\n${fence}`;
}
/** A coloured call-out. GitHub draws it at the top level only, not inside a list or details. */
function renderAlert(kind, markdown) {
	const lines = markdown.split("\n").map((line) => line === "" ? ">" : `> ${line}`);
	return [`> [!${kind}]`, ...lines].join("\n");
}
/** A link whose address is plain text; only http and https become links, anything else stays its label. */
function renderLink(markdown, address) {
	const url = URL.canParse(address) ? new URL(address) : void 0;
	if (url === void 0 || !/^https?:$/.test(url.protocol)) return markdown;
	return `[${markdown}](<${url.href.replace(/[<>|\\`*_~@$]/g, encodeURIComponentStrictly)}>)`;
}
function encodeURIComponentStrictly(char) {
	return `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;
}
export { renderHeading as a, renderDetails as i, renderAlert as n, renderLink as o, renderCodeBlock as r, renderList as s, joinBlocks as t };
