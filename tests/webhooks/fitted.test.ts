import { expect, it } from 'vitest';
import { fitted, MOST_BODY_BYTES } from '../../src/main/webhooks/fitted';

const bodyOf = (changes: object[]) => ({ type: 'alert.firing', data: { title: 'é', changes } });
const bytes = (json: unknown) => Buffer.byteLength(JSON.stringify(json));

it('a short body stays whole', () => {
  const body = bodyOf([{ name: 'Pikachu' }]);
  expect(fitted(body)).toEqual({ ...body, data: { ...body.data, more: 0 } });
});

it.each([1, 10, 100, 1_351, 20_000])(
  '%i changes fit, the first ones, with a count of the rest',
  (count) => {
    const changes = Array.from({ length: count }, (_, id) => ({
      id,
      name: 'Flabébé'.repeat(id % 7),
    }));
    const body = fitted(bodyOf(changes));
    expect(bytes(body)).toBeLessThan(MOST_BODY_BYTES);
    expect(body.data.changes).toEqual(changes.slice(0, body.data.changes.length));
    expect(body.data.changes.length + body.data.more).toBe(count);
    if (body.data.more > 0) expect(bytes(body)).toBeGreaterThan(MOST_BODY_BYTES - 200);
  },
);

it('one change that does not fit is counted', () => {
  expect(fitted(bodyOf([{ text: 'x'.repeat(30_000) }])).data).toMatchObject({
    changes: [],
    more: 1,
  });
});
