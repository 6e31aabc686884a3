import type { FaultRow } from './row.ts';
import { CONTENT_ROWS } from './rows/content.ts';
import { DATABASE_ROWS } from './rows/databases.ts';
import { LASTING_ROWS } from './rows/lasting.ts';
import { OLDER_FORM_ROWS } from './rows/older-forms.ts';
import { PASSING_ROWS } from './rows/passing.ts';
import { REDIRECT_ROWS } from './rows/redirects.ts';
import { REFERRER_ROWS } from './rows/referrers.ts';
import { TAG_ROWS } from './rows/tags.ts';
import { TOKEN_ROWS } from './rows/tokens.ts';
import { CHANNEL_ROWS, TRUST_ROWS } from './rows/trust.ts';
import { UPLOAD_ROWS } from './rows/uploads.ts';

/** Every kind of fault that whole promotions are run under; docs/reliability.md is generated from it. */
export const FAULT_ROWS: readonly FaultRow[] = [
  ...PASSING_ROWS,
  ...LASTING_ROWS,
  ...TOKEN_ROWS,
  ...REDIRECT_ROWS,
  ...UPLOAD_ROWS,
  ...REFERRER_ROWS,
  ...TAG_ROWS,
  ...CHANNEL_ROWS,
  ...TRUST_ROWS,
  ...OLDER_FORM_ROWS,
  ...CONTENT_ROWS,
  ...DATABASE_ROWS,
];
