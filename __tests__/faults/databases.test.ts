import { describe } from '@jest/globals';
import { DATABASE_ROWS } from './rows/databases.ts';
import { testRows } from './test-rows.ts';

describe("a promotion and its scanner's database", () => {
  testRows(DATABASE_ROWS);
});
