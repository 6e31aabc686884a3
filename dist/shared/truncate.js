import { vn as formatCount } from "./engine.js";
// src/report/table.ts
/** Wider cells are not padded for: a summary's bytes are limited, and nobody reads the source of a 200 character cell. */
const MAX_PADDED_WIDTH = 40;
/** A GFM table of cells that are escaped already, padded so that its source reads as a table too. A pipe or a line end left in a cell cannot break out of it; https://github.github.com/gfm/#tables-extension- */
function renderTable(columns, rows) {
	const header = columns.map((column) => protectCell(column.title));
	const body = rows.map((row) => columns.map((_, i) => protectCell(row[i] ?? "")));
	const widths = columns.map((_, i) => Math.min(MAX_PADDED_WIDTH, Math.max(3, ...[header, ...body].map((row) => countChars(row[i] ?? "")))));
	const line = (cells) => `| ${cells.map((cell, i) => pad(cell, widths[i] ?? 3, columns[i]?.align)).join(" | ")} |`;
	const rule = columns.map((column, i) => renderRule(widths[i] ?? 3, column.align));
	return [
		line(header),
		`| ${rule.join(" | ")} |`,
		...body.map(line)
	].join("\n");
}
/** The first `limit` rows and, when some are left out, a last row that says how many. */
function limitRows(rows, limit) {
	const kept = rows.slice(0, limit);
	const rest = rows.length - kept.length;
	return rest === 0 ? kept : [...kept, [`… and ${formatCount(rest)} more`]];
}
function protectCell(cell) {
	return cell.replace(/(?<!\s)\s*\n\s*/g, " ").trim().replace(/(?<!\\)\|/g, "\\|").replace(/\\$/, "&#92;");
}
function renderRule(width, align) {
	if (align === "right") return `${"-".repeat(width - 1)}:`;
	if (align === "center") return `:${"-".repeat(width - 2)}:`;
	return "-".repeat(width);
}
function pad(cell, width, align) {
	const missing = Math.max(0, width - countChars(cell));
	if (align === "right") return " ".repeat(missing) + cell;
	const before = align === "center" ? Math.floor(missing / 2) : 0;
	return " ".repeat(before) + cell + " ".repeat(missing - before);
}
function countChars(text) {
	return Array.from(text).length;
}
// src/report/truncate.ts
/** GitHub drops a step's summary that is larger, with an error that does not fail the step; https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits */
const MAX_SUMMARY_BYTES = 1048575;
/** Cuts Markdown so that it has at most `maxBytes` bytes of UTF-8: at a line, rather at a blank one, never inside a diagram; closes the code fence and details left open and ends with `notice`. Shorter text is returned as it is. */
function limitBytes(markdown, maxBytes, notice) {
	if (countBytes(markdown) <= maxBytes) return markdown;
	const end = `\n${notice}\n`;
	if (countBytes(end) > maxBytes) return cutText(notice, maxBytes);
	const lines = markdown.split("\n");
	const budget = maxBytes - countBytes(end);
	const fitting = listCuts(lines).filter((cut) => cut.bytes + countBytes(cut.closing) <= budget);
	const last = fitting.at(-1);
	if (last === void 0) return end.trimStart();
	const section = fitting.findLast((cut) => cut.isSection);
	const cut = section !== void 0 && section.bytes >= last.bytes * .75 ? section : last;
	return `${lines.slice(0, cut.lines).join("\n")}\n${cut.closing}${end}`;
}
function listCuts(lines) {
	const cuts = [];
	let bytes = 0;
	let fence;
	let depth = 0;
	for (const [i, line] of lines.entries()) {
		bytes += countBytes(line) + 1;
		fence = nextFence(fence, line);
		if (fence === void 0) depth = nextDepth(depth, line);
		if (fence?.isDiagram === true) continue;
		const closing = `${fence === void 0 ? "" : `${fence.marker}\n`}${"\n</details>\n".repeat(depth)}`;
		cuts.push({
			bytes,
			lines: i + 1,
			closing,
			isSection: fence === void 0 && line.trim() === ""
		});
	}
	return cuts;
}
function nextFence(fence, line) {
	const [, marker = "", info = ""] = /^[> ]*(`{3,}|~{3,})(.*)$/s.exec(line) ?? [];
	if (marker === "") return fence;
	if (fence === void 0) return {
		marker,
		isDiagram: info.trim() === "mermaid"
	};
	return marker.startsWith(fence.marker) && info.trim() === "" ? void 0 : fence;
}
function cutText(text, maxBytes) {
	let cut = Buffer.from(text).subarray(0, maxBytes).toString("utf8");
	while (countBytes(cut) > maxBytes || cut.endsWith("�")) cut = cut.slice(0, -1);
	return cut;
}
/** Only tags on a line of their own count: that is how `renderDetails` writes them, and no escaped text can forge it. */
function nextDepth(depth, line) {
	if (/^<details( open)?>$/.test(line)) return depth + 1;
	return line === "</details>" ? Math.max(0, depth - 1) : depth;
}
function countBytes(text) {
	return Buffer.byteLength(text);
}
export { renderTable as i, limitBytes as n, limitRows as r, MAX_SUMMARY_BYTES as t };
