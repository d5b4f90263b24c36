// Challenges of our own API, as a new application meets them: posed, answered, and worth a token.
import { startServer, type TestServer } from '#tests/support/server';
import { type Heard, talk, talkJson } from '#tests/support/talk';
import type { NotedRandomness } from '#tests/support/test-machine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const bodyOf = ({ body }: Heard): Record<string, unknown> => JSON.parse(body) as Record<string, unknown>;
const problem = (heard: Heard): unknown[] => [heard.status, heard.headers['content-type'], bodyOf(heard)['code']];
const PROBLEM = 'application/problem+json; charset=utf-8';

const pose = (fields: object = { purpose: 'weidu.login' }) => talkJson(server.port, '/api/v1/challenges', fields);
const answer = (fields: object) => talkJson(server.port, '/api/v1/challenges/answers', fields);

describe('a challenge', () => {
  it('is a picture unless something else is asked for, kept by nobody, and worth a token', async () => {
    const posed = await pose();
    const { id, kind, expires_in, picture } = bodyOf(posed);
    const read = (server.house.randomness as NotedRandomness).lastOf(6);
    const passed = await answer({ id, answer: read.toLowerCase() });

    expect([posed.status, posed.headers['cache-control'], kind, expires_in]).toEqual([200, 'no-store', 'picture', 300]);
    expect(picture).toMatch(/^data:image\/png;base64,iVBORw0KGgo/);
    expect([passed.status, passed.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(passed.body).toMatch(/^\{"challenge_token":"[a-z0-9]{26}","expires_in":300\}$/);
  });

  it('R-41 is work for those who cannot read pictures', async () => {
    const { kind, task } = bodyOf(await pose({ purpose: 'weidu.login', kind: 'proof-of-work' }));

    expect(kind).toBe('proof-of-work');
    expect(task).toMatchObject({ parameters: { algorithm: 'PBKDF2/SHA-256', keyPrefix: '00' } });
  });

  it('is gone after a wrong answer', async () => {
    const { id } = bodyOf(await pose());

    const answers = [await answer({ id, answer: '111111' }), await answer({ id, answer: '111111' })];

    expect(answers.map(problem)).toEqual([
      [403, PROBLEM, 'challenge.mismatch'],
      [403, PROBLEM, 'challenge.expired'],
    ]);
  });

  it.each<object>([
    {},
    { purpose: '' },
    { purpose: 7 },
    { purpose: ['weidu.login'] },
    { purpose: 'Weidu Login' },
    { purpose: 'a.b:c' },
    { purpose: 'weidu.login', kind: 'hosted' },
    { purpose: 'weidu.login', kind: 'dance' },
    { purpose: 'weidu.login', kinds: 'picture' },
  ])('is not posed for %j', async (fields) => {
    expect(problem(await pose(fields))).toEqual([400, PROBLEM, 'input.malformed']);
  });

  it.each<object>([
    {},
    { id: 'x' },
    { answer: 'x' },
    { id: 'x', answer: '' },
    { id: 'x', answer: ['x'] },
    { id: 1, answer: 'x' },
  ])('is not answered by %j', async (fields) => {
    expect(problem(await answer(fields))).toEqual([400, PROBLEM, 'input.malformed']);
  });

  it('is not answered by as much as a body can hold', async () => {
    expect(problem(await answer({ id: 'x', answer: 'A'.repeat(9000) }))).toEqual([400, PROBLEM, 'input.malformed']);
  });

  it('R-42 is posed thirty times a minute to one source, and to the next one as often', async () => {
    const poseFrom = (from: string) =>
      talk(server.port, { path: '/api/v1/challenges', from, body: '{"purpose":"weidu.login"}' });

    const heard = await Promise.all(Array.from({ length: 40 }, () => poseFrom('127.0.4.1')));
    const elsewhere = await poseFrom('127.0.4.2');

    const refused = heard.filter(({ status }) => status !== 200);
    expect(refused.map(problem)).toEqual(Array.from({ length: 10 }, () => [429, PROBLEM, 'challenge.too-many']));
    expect(refused.every(({ headers }) => headers['retry-after'] === '60')).toBe(true);
    expect(elsewhere.status).toBe(200);
  });

  it('can be switched off', async () => {
    await server.switchEndpoint('api.pose-challenge', false);

    expect(problem(await pose())).toEqual([403, PROBLEM, 'endpoint.closed']);
    await server.switchEndpoint('api.pose-challenge', true);
  });
});
