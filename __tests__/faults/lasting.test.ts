import { describe } from '@jest/globals';
import { LASTING_ROWS } from './rows/lasting.ts';
import { testRows } from './test-rows.ts';

describe('a promotion under a fault that stays stops by name, or does without', () => {
  testRows(LASTING_ROWS);
});
