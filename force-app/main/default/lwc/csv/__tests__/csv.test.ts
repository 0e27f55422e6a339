import { csvOf, download } from 'c/csv';

describe('a CSV file', () => {
  it.each([
    ['=HYPERLINK("https://evil.example")', `"'=HYPERLINK(""https://evil.example"")"`],
    ['+1 512 555 0100', `"'+1 512 555 0100"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\tx', `"'\tx"`],
    ['\n=1+1', `"'\n=1+1"`],
    ['＝1+1', `"'＝1+1"`],
    ['a, "b"\nc', '"a, ""b""\nc"'],
    ['plain', 'plain'],
  ])('keeps %j as text that no spreadsheet takes for a formula', (value, cell) => {
    expect(csvOf([['Reason'], [value]])).toBe(`\uFEFFReason\r\n${cell}\r\n`);
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
