import * as core from '@actions/core';
import type { Log } from '../../base/ports.ts';
import { neutralizeCommands, stripControl } from '../../report/escape.ts';

/** The runner's log. Everything printed may quote a registry or a scanner, so nothing in it can be a workflow command or move the cursor. */
export function createActionsLog(): Log {
  const clean = (message: string): string => neutralizeCommands(stripControl(message));
  return {
    debug: (message) => core.debug(clean(message)),
    info: (message) => core.info(clean(message)),
    warning: (message) => core.warning(clean(message)),
    group: (title, body) => core.group(clean(title), body),
    mask: maskSecret,
  };
}

/** Masks a secret, each line of it, and the forms in which clients send it. What is short or public is left alone: masking it would blank outputs and logs that merely contain it. */
function maskSecret(secret: string): void {
  const lines = secret.split(/\r?\n/).filter((line) => !/^-----(BEGIN|END) /.test(line));
  const forms = [secret, ...lines, encodeURIComponent(secret), Buffer.from(secret).toString('base64')];
  for (const form of new Set(forms.map((f) => f.trim()))) if (form.length >= 4) core.setSecret(form);
}
