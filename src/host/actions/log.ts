import * as core from '@actions/core';
import type { Log } from '../../base/ports.ts';
import { stripControl } from '../../base/text.ts';
import { neutralizeCommands } from '../../report/escape.ts';

/** The runner's log. Everything printed may quote a registry or a scanner, so nothing in it can be a workflow command or move the cursor. */
export function createActionsLog(): Log {
  return {
    debug: (message) => core.debug(cleanLine(message)),
    info: (message) => core.info(cleanLine(message)),
    warning: (message) => core.warning(cleanLine(message)),
    group: (title, body) => core.group(cleanLine(title), body),
    mask: maskSecret,
  };
}

/** One line that only says something: no workflow command, no terminal sequence, and no line end with which a name from an image could forge a line of ours. */
export function cleanLine(text: string): string {
  return neutralizeCommands(stripControl(text).replace(/\s*\n\s*/g, ' '));
}

/** Masks a secret, each line of it, and the forms in which clients send it. What is short or public is left alone: masking it would blank outputs and logs that merely contain it. */
function maskSecret(secret: string): void {
  const lines = secret.split(/\r?\n/).filter((line) => !/^-----(BEGIN|END) /.test(line));
  const forms = [secret, ...lines, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
  for (const form of new Set(forms.map((f) => f.trim()))) if (form.length >= 4) core.setSecret(form);
}
