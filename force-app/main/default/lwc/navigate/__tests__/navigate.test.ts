import { address, record, tab } from 'c/navigate';

describe('where pages lead', () => {
  it('names tabs and records as the platform does', () => {
    expect(tab('Sellfire_Settings').attributes).toEqual({ apiName: 'Sellfire_Settings' });
    expect(record('a01').attributes).toEqual({ recordId: 'a01', actionName: 'view' });
  });

  it.each(['https://bridge.example.com/connect', 'http://localhost:8080/connect'])('leads out to %s', (url) => {
    expect(address(url)?.attributes).toEqual({ url });
  });

  it.each(['http://bridge.example.com', 'data:text/html,x', 'http://localhost.example.com', '', 'bridge'])(
    'does not lead out to %s',
    (url) => {
      expect(address(url)).toBeUndefined();
    },
  );
});
