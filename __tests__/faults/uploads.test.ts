import { describe } from '@jest/globals';
import { UPLOAD_ROWS } from './rows/uploads.ts';
import { testRows } from './test-rows.ts';

describe('a promotion and its uploads', () => {
  testRows(UPLOAD_ROWS);
});
