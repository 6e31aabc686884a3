import { describe } from '@jest/globals';
import { REDIRECT_ROWS } from './rows/redirects.ts';
import { testRows } from './test-rows.ts';

describe('a promotion that is sent elsewhere', () => {
  testRows(REDIRECT_ROWS);
});
