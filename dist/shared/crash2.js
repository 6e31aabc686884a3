import { hr as describeError, mr as UsageError, o as escapeMarkdown, pr as DomainError } from "./engine.js";
import { a as renderHeading, n as renderAlert, s as renderList, t as joinBlocks } from "./markdown.js";
// src/report/crash.ts
/** The job summary of what ended before a promotion began: every problem with its fix, or the error. */
function renderCrash(error) {
	const untouched = "Nothing was read from or written to a registry.";
	if (error instanceof UsageError) {
		const problems = error.problems.map(({ where, message, fix }) => `**${escapeMarkdown(where)}** ${escapeMarkdown(message)} ${escapeMarkdown(fix)}`);
		return `${joinBlocks([
			renderHeading(2, "Not started: wrong use"),
			renderList(problems),
			untouched
		])}\n`;
	}
	const hint = error instanceof DomainError && error.hint !== void 0 ? `**Next:** ${escapeMarkdown(error.hint)}` : "";
	const alert = renderAlert("CAUTION", joinBlocks([escapeMarkdown(describeError(error)), hint]));
	return `${joinBlocks([renderHeading(2, "Failed"), alert])}\n`;
}
export { renderCrash as t };
