import { describe } from '@jest/globals';
import { REFERRER_ROWS } from './rows/referrers.ts';
import { testRows } from './test-rows.ts';

describe('a promotion and what refers to the image', () => {
  testRows(REFERRER_ROWS);
});
