import { describe } from '@jest/globals';
import { TOKEN_ROWS } from './rows/tokens.ts';
import { testRows } from './test-rows.ts';

describe('a promotion and its logins', () => {
  testRows(TOKEN_ROWS);
});
