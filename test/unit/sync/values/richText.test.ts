// Rich text and plain text: the words stay the same both ways (M8).
import { describe, expect, it } from '@jest/globals';
import { htmlOf, textOfHtml } from '../../../../bridge/sync/values/richText.ts';

describe('rich text', () => {
  it.each([
    ['<p>Hello</p><p>World</p>', 'Hello\nWorld'],
    ['<b>Bold</b> and <i>italic</i>', 'Bold and italic'],
    ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
    ['<ul><li>a</li><li>b</li></ul>', 'a\nb'],
    ['Fish &amp; Chips &lt;3 &quot;now&quot; &#39;x&#39; &#x1F950;&nbsp;!', 'Fish & Chips <3 "now" \'x\' 🥐 !'],
    ['<a href="https://x.example">Link</a>', 'Link'],
    ['a < b and c > d', 'a < b and c > d'],
    ['<p>面包店</p>', '面包店'],
    ['Caf&eacute; &ndash; 10&nbsp;&euro; &rsquo;s &frac12; &Eacute;&shy;', 'Café – 10 € ’s ½ É'],
    ['&nosuch; &EACUTE; &AMP;', '&nosuch; &EACUTE; &'],
    ['<table><tr><th>Day</th><th>Open</th></tr><tr><td>Mon</td><td>9-5</td></tr></table>', 'Day Open\n\nMon 9-5'],
    ['<img alt="a > b" src="x">pic<p class=\'c>d\'>e</p>', 'pic\ne'],
    ['half &#xD83D; and &#55296;', 'half \ufffd and \ufffd'],
    ['<script>alert(1)</script>ok', 'ok'],
    ['', ''],
  ])('%p reads as %p', (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it.each(['plain', 'a\nb', 'Fish & Chips <3', '1 < 2 > 0', '&amp; as it is', 'مخبز\n🥐', 'a\n\nb'])(
    '%p is the same text after the way there and back',
    (text) => {
      expect(textOfHtml(htmlOf(text))).toBe(text);
    },
  );

  it('of tags, blanks and quotes that never end keeps its words, and costs about as much as any other', () => {
    // A hundred thousand characters, of which a search from each of them to the end would be billions of steps.
    const endless = ['<p ', '<p "', "<a '", ' ', '&', '\n '];
    for (const one of endless) expect(textOfHtml(`${one.repeat(40_000)}end`)).toMatch(/end$/);
  });
});
