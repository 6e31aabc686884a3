import { describe } from '@jest/globals';
import { PASSING_ROWS } from './rows/passing.ts';
import { testRows } from './test-rows.ts';

describe('a promotion under a fault that passes ends well', () => {
  testRows(PASSING_ROWS);
});
