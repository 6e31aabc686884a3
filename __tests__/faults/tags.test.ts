import { describe } from '@jest/globals';
import { TAG_ROWS } from './rows/tags.ts';
import { testRows } from './test-rows.ts';

describe('a promotion and its tag', () => {
  testRows(TAG_ROWS);
});
