// What passes between a field of Sellfire and one of Salesforce, as the table of docs/field-mappings.md shows it to people (M5, M8).

/** In each cell first what passes to Salesforce, then what passes back: ✓ every value, ~ some, – none; a dot: none either way. */
const TABLE = `
             text area phone email url picklist multi boolean int  decimal date datetime time reference id encrypted
text         ✓✓   ✓✓   ✓✓    ~✓    ✓✓  ✓✓       ~✓    ~✓      ~✓   ~✓      ~✓   ~✓       ~✓   ~✓        –✓ ✓–
long_text    ✓✓   ✓✓   ✓✓    ~✓    ✓✓  ✓✓       ~✓    ~✓      ~✓   ~✓      ~✓   ~✓       ~✓   ~✓        –✓ ✓–
number       ✓~   ✓~   .     .     .   ✓~       .     .       ~✓   ✓✓      .    .        .    .         .  ✓–
currency     ✓~   ✓~   .     .     .   ✓~       .     .       ~✓   ✓✓      .    .        .    .         .  ✓–
percent      ✓~   ✓~   .     .     .   ✓~       .     .       ~✓   ✓✓      .    .        .    .         .  ✓–
date         ✓~   ✓~   .     .     .   ✓~       .     .       .    .       ✓✓   ~~       .    .         .  ✓–
datetime     ✓~   ✓~   .     .     .   ✓~       .     .       .    .       ~~   ✓✓       .    .         .  ✓–
checkbox     ✓~   ✓~   .     .     .   ✓~       .     ✓✓      .    .       .    .        .    .         .  ✓–
select       ✓~   ✓~   .     .     .   ✓✓       ✓✓    ~~      ~~   ~~      .    .        .    .         .  ✓–
multi_select ✓~   ✓~   .     .     .   –✓       ✓✓    .       .    .       .    .        .    .         .  ✓–
multi_text   ~✓   ✓✓   –✓    –✓    –✓  –✓       ~✓    .       .    .       .    .        .    .         –✓ ~–
phone        ✓~   ✓~   ✓~    .     .   .        .     .       .    .       .    .        .    .         .  ✓–
email        ✓~   ✓~   .     ✓✓    .   .        .     .       .    .       .    .        .    .         .  ✓–
url          ✓~   ✓~   .     .     ✓~  .        .     .       .    .       .    .        .    .         .  ✓–
rep          ✓~   ✓~   .     .     .   ✓~       .     .       .    .       .    .        .    .         .  ✓–
`;

/** The column of each of describe's types; any other cannot be mapped. */
export const COLUMNS: Readonly<Record<string, string>> = {
  ...{ string: 'text', textarea: 'area', phone: 'phone', email: 'email', url: 'url' },
  ...{
    picklist: 'picklist',
    combobox: 'picklist',
    multipicklist: 'multi',
    boolean: 'boolean',
    int: 'int',
    long: 'int',
  },
  ...{ double: 'decimal', currency: 'decimal', percent: 'decimal', date: 'date', datetime: 'datetime', time: 'time' },
  ...{ reference: 'reference', id: 'id', encryptedstring: 'encrypted' },
};

const [heading = [], ...rows] = TABLE.trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/));
const cells = new Map(
  rows.flatMap(([type = '', ...signs]) => signs.map((sign, index) => [`${type} ${heading[index] ?? ''}`, sign])),
);

/** @returns what passes each way: `✓`, `~` or `–` */
export function passes(sellfire: string, salesforce: string): { toSalesforce: string; toSellfire: string } {
  const sign = cells.get(`${sellfire} ${COLUMNS[salesforce] ?? ''}`) ?? '.';
  const [toSalesforce = '–', toSellfire = '–'] = sign === '.' ? '––' : sign;
  return { toSalesforce, toSellfire };
}
