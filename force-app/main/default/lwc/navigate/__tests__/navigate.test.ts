import { address, record, sellfireLead, tab } from 'c/navigate';

describe('where pages lead', () => {
  it('names tabs and records as the platform does', () => {
    expect(tab('Sellfire_Settings').attributes).toEqual({ apiName: 'Sellfire_Settings' });
    expect(record('a01').attributes).toEqual({ recordId: 'a01', actionName: 'view' });
  });

  it.each(['https://bridge.example.com/connect', 'http://localhost:8080/connect'])('leads out to %s', (url) => {
    expect(address(url)?.attributes).toEqual({ url });
  });

  it.each([
    ...['http://bridge.example.com', 'data:text/html,x', 'http://localhost.example.com', '', 'bridge'],
    ...['https://a b', 'https://ann@evil.example', 'https://ann:pw@evil.example'],
  ])('does not lead out to %s', (url) => {
    expect(address(url)).toBeUndefined();
  });

  it.each([
    ['https://app.example.com', 'https://app.example.com/leads/ld_1'],
    ['https://app.example.com/', 'https://app.example.com/leads/ld_1'],
    ['https://example.com:8443/sellfire/', 'https://example.com:8443/sellfire/leads/ld_1'],
    ['https://app.example.com/?next=https://evil.example#x', 'https://app.example.com/leads/ld_1'],
  ])('leads from %s to a lead in Sellfire', (sellfire, url) => {
    expect(sellfireLead(sellfire, 'ld_1')?.attributes).toEqual({ url });
  });

  it.each([
    ['https://app.example.com', '//evil.example'],
    ['https://app.example.com', '..'],
    ['https://app.example.com', 'ld_1?next=https://evil.example'],
    ['https://app.example.com', ''],
    ['https://app.example.com//evil.example', 'ld_1'],
    ['https://app.example.com@evil.example', 'ld_1'],
    ['data:text/html,x', 'ld_1'],
    ['http://app.example.com', 'ld_1'],
    ['', 'ld_1'],
  ])('does not lead from %s to the lead %s: only the configured host is ever left for (B28)', (sellfire, leadId) => {
    expect(sellfireLead(sellfire, leadId)).toBeUndefined();
  });
});
