import { describe } from '@jest/globals';
import { CONTENT_ROWS } from './rows/content.ts';
import { testRows } from './test-rows.ts';

describe('a promotion and what an image can be', () => {
  testRows(CONTENT_ROWS);
});
