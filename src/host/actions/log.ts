import * as core from '@actions/core';
import type { Log } from '../../base/ports.ts';
import { stripControl } from '../../base/text.ts';
import { cleanLine } from '../machine/clean-line.ts';
import { createRedactor, type Redactor } from '../machine/redactor.ts';

/** The runner's log. Everything printed may quote a registry or a scanner, so nothing in it can be a workflow command, move the cursor, or show a secret that was masked: the runner's own masking comes on top. */
export function createActionsLog(redactor: Redactor = createRedactor()): Log {
  const clean = (text: string): string => cleanLine(redactor.redact(stripControl(text)));
  return {
    debug: (message) => core.debug(clean(message)),
    info: (message) => core.info(clean(message)),
    warning: (message) => core.warning(clean(message)),
    group: (title, body) => core.group(clean(title), body),
    mask: (secret) => {
      for (const form of redactor.add(secret)) core.setSecret(form);
    },
  };
}
