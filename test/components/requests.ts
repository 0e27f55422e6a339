// Requests as GraphQL answers with them, for tests of components.

const FIELDS: Readonly<Record<string, unknown>> = {
  Type__c: 'Import',
  Status__c: 'Done',
  CreatedDate: '2026-11-29T08:00:00.000Z',
  Done__c: 12,
  Failed__c: 0,
  Result__c: '12 leads created.',
};

/** @param rows what differs from an import that has ended; `undefined` for what the user may not read */
export function requestsAnswer(rows: readonly Readonly<Record<string, unknown>>[], hasNextPage = false): unknown {
  const edges = rows.map(({ Id = 'a02', kind, CreatedBy, ...row }, index) => {
    const fields = Object.entries({ ...FIELDS, ...row }).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, { value }]],
    );
    const given = rows[index] ?? {};
    return {
      node: {
        Id,
        ...Object.fromEntries(fields),
        ...('kind' in given && kind === undefined ? {} : { kind: { label: 'Import into Sellfire' } }),
        ...('CreatedBy' in given && CreatedBy === undefined ? {} : { CreatedBy: { Name: { value: 'Ann Lee' } } }),
      },
    };
  });
  return { uiapi: { query: { Sync_Request__c: { edges, pageInfo: { hasNextPage } } } } };
}
