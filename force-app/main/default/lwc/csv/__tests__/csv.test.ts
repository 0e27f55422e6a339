import { asText, csvOf, download } from 'c/csv';
import { asText as asTextOfBridge } from '../../../../../../bridge/requests/sheet.ts';

describe('a CSV file', () => {
  it.each([
    ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
    [' =1+1', `"' =1+1"`],
    ['-2+3', `"'-2+3"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\tx', `"'\tx"`],
    ['\n=1+1', `"'\n=1+1"`],
    ['＝1+1', `"'＝1+1"`],
    ['a, "b"\nc', '"a, ""b""\nc"'],
    ['Blue Door;=1+1', `"Blue Door;'=1+1"`],
    ['Blue Door\t@SUM(A1)', `"Blue Door\t'@SUM(A1)"`],
    ['Blue Door\n=1+1', `"Blue Door\n'=1+1"`],
    ['plain', 'plain'],
    ['+1 512 555 0100', '+1 512 555 0100'],
    ['-129.50', '-129.50'],
  ])('keeps %j as text that no spreadsheet takes for a formula', (value, cell) => {
    expect(csvOf([['Reason'], [value]])).toBe(`\uFEFFReason\r\n${cell}\r\n`);
  });

  it('takes what the bridge takes for a formula, and nothing else', () => {
    const signs = ['=', '+', '-', '@', '\uFF1D', '\uFF0B', '\uFF0D', '\uFF20', "'", '1'];
    const before = [
      '',
      ' ',
      '\u00A0',
      '\t',
      '\r',
      '\n',
      '\u0001',
      '\uFEFF',
      ';',
      'a',
      'a;',
      'a ; ',
      'a\t',
      'a\n ',
      ';;',
      '; \r',
    ];
    for (const start of before)
      for (const sign of signs)
        for (const end of ['', '1', '1+1', 'SUM(A1);=2', ' 512 555 0100']) {
          const value = start + sign + end;
          expect([value, asText(value)]).toEqual([value, asTextOfBridge(value)]);
        }
  });

  it('is handed to the browser under its name, and the memory of it is given back', () => {
    const revokeObjectURL = jest.fn();
    Object.assign(URL, { createObjectURL: () => 'blob:1', revokeObjectURL });
    const click = jest.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function clicked(
      this: HTMLAnchorElement,
    ) {
      expect([this.href, this.download]).toEqual(['blob:1', 'reps.csv']);
    });
    download('reps.csv', [['Rep']]);
    expect(click).toHaveBeenCalledTimes(1);
    expect(revokeObjectURL).toHaveBeenCalledWith('blob:1');
  });
});
