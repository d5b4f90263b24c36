// What the doctor says of the way to a PostgreSQL.
import { describe, expect, it } from 'vitest';
import { examinePostgres } from './postgres.ts';

describe('a PostgreSQL that has answered', () => {
  it.each([
    { databaseUrl: 'postgres://owner@127.0.0.1/understudy', notes: 0 },
    { databaseUrl: 'postgres://owner@localhost/understudy?host=/run/postgresql', notes: 0 },
    { databaseUrl: 'postgres://owner@db.example/understudy?sslmode=verify-full', notes: 0 },
    { databaseUrl: 'postgres://owner:secret@db.example/understudy', notes: 1 },
    { databaseUrl: 'postgres://owner@db.example/understudy?sslmode=disable', notes: 1 },
  ])('is $notes times remarked on: $databaseUrl', ({ databaseUrl, notes }) => {
    const findings = examinePostgres({ databaseUrl });

    expect(findings.filter(({ verdict }) => verdict === 'note')).toHaveLength(notes);
    expect(JSON.stringify(findings)).not.toContain('secret');
  });
});
