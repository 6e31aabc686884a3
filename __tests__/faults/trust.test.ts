import { describe } from '@jest/globals';
import { OLDER_FORM_ROWS } from './rows/older-forms.ts';
import { CHANNEL_ROWS, TRUST_ROWS } from './rows/trust.ts';
import { testRows } from './test-rows.ts';

describe('a promotion and what is signed', () => {
  testRows([...CHANNEL_ROWS, ...TRUST_ROWS, ...OLDER_FORM_ROWS]);
});
