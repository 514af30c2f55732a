/** A query that would take hours. Of one core only: tests beside it need the others. */
export const ENDLESS = 'SELECT count(*) FROM range(1000000000000000)';
