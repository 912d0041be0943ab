import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bioToHtml, fieldToHtml, type Names, textToHtml } from './html.ts';
import { createUrls } from './urls.ts';

const urls = createUrls('https://plaza.test');
const ada: Names = { mentions: [{ accountId: '1', username: 'Ada' }], tags: ['plaza', 'grüße'] };
const nobody: Names = { mentions: [], tags: [] };

describe('text becomes the markup that clients know', () => {
  const table: [text: string, html: string][] = [
    ['', ''],
    ['   ', ''],
    ['one', '<p>one</p>'],
    ['one\ntwo', '<p>one<br />two</p>'],
    ['one\r\ntwo\r\rthree', '<p>one<br />two</p><p>three</p>'],
    ['one\n\n\n\ntwo', '<p>one</p><p>two</p>'],
    ['a < b && c > "d" \'e\'', '<p>a &lt; b &amp;&amp; c &gt; &quot;d&quot; &#39;e&#39;</p>'],
    [
      'hi @ada!',
      '<p>hi <span class="h-card" translate="no"><a href="https://plaza.test/@Ada" class="u-url mention">@<span>Ada</span></a></span>!</p>',
    ],
    [
      'hi @ADA@plaza.test',
      '<p>hi <span class="h-card" translate="no"><a href="https://plaza.test/@Ada" class="u-url mention">@<span>Ada</span></a></span></p>',
    ],
    ['hi @nobody and @ada@else.where', '<p>hi @nobody and @ada@else.where</p>'],
    [
      '#Plaza #Grüße #other',
      '<p><a href="https://plaza.test/tags/plaza" class="mention hashtag" rel="tag">#<span>Plaza</span></a> ' +
        '<a href="https://plaza.test/tags/gr%C3%BC%C3%9Fe" class="mention hashtag" rel="tag">#<span>Grüße</span></a> #other</p>',
    ],
    [
      'https://example.org/a?b=1&c=2',
      '<p><a href="https://example.org/a?b=1&amp;c=2" target="_blank" rel="nofollow noopener noreferrer" translate="no">' +
        '<span class="invisible">https://</span><span class="">example.org/a?b=1&amp;c=2</span><span class="invisible"></span></a></p>',
    ],
    [
      'http://www.example.org/abcdefghijklmnopqrstuvwxyz',
      '<p><a href="http://www.example.org/abcdefghijklmnopqrstuvwxyz" target="_blank" rel="nofollow noopener noreferrer" translate="no">' +
        '<span class="invisible">http://www.</span><span class="ellipsis">example.org/abcdefghijklmnopqr</span><span class="invisible">stuvwxyz</span></a></p>',
    ],
  ];
  for (const [text, html] of table) {
    test(JSON.stringify(text), () => assert.equal(textToHtml(text, ada, urls), html));
  }

  test('a bio links addresses and hashtags, and no names', () => {
    assert.equal(
      bioToHtml('@ada on #plaza', urls),
      '<p>@ada on <a href="https://plaza.test/tags/plaza" class="mention hashtag" rel="tag">#<span>plaza</span></a></p>',
    );
  });

  test('a field is one line, and its links are the person’s own', () => {
    const html = fieldToHtml('see\nhttps://ada.test', urls);
    assert.match(html, /^see <a href="https:\/\/ada\.test" target="_blank" rel="me nofollow noopener noreferrer"/);
    assert.ok(!html.includes('<p>') && !html.includes('\n'));
  });
});

/** Ways to become markup, an attribute, an event handler or another scheme. */
const CORPUS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '"><script>alert(1)</script>',
  "' onmouseover='alert(1)",
  '</p><iframe srcdoc="<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  'javascript:alert(1)',
  'JaVaScRiPt://example.org/%0aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:msgbox(1)',
  'https://example.org/"onmouseover="alert(1)',
  "https://example.org/'onmouseover='alert(1)",
  'https://example.org/<script>alert(1)</script>',
  'https://example.org/?a="><img src=x onerror=alert(1)>',
  'https://user:"><svg onload=alert(1)>@example.org/',
  'http://[::1]"onfocus=alert(1)//',
  'https://example.org/\u2028onerror=alert(1)',
  '@ada"onmouseover="alert(1)',
  '@ada@"><script>alert(1)</script>',
  '#plaza"onmouseover="alert(1)',
  '#<b>plaza</b>',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;',
  '<!--<img src="--><img src=x onerror=alert(1)//">',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<style>@import "https://evil.test"</style>',
  '<math><mtext></p><img src=x onerror=alert(1)>',
  '\u0000<script>alert(1)</script>',
  '<scr\nipt>alert(1)</scr\n\nipt>',
  '\u202e<script>',
  '{{constructor.constructor("alert(1)")()}}',
  'https://example.org/`onclick=alert(1)`',
];

/** Every tag that is ours, exactly as we write it; what is left over of a text after taking these away has to be free of `<`, `>` and quotes. */
const OURS = [
  /<\/?p>/g,
  /<br \/>/g,
  /<\/?span( class="(h-card|invisible|ellipsis|)")?( translate="no")?>/g,
  /<a href="https?:\/\/[^"<>\s']*" target="_blank" rel="(me )?nofollow noopener noreferrer" translate="no">/g,
  /<a href="https:\/\/plaza\.test\/[^"<>\s']*" class="(u-url mention|mention hashtag)"( rel="tag")?>/g,
  /<\/a>/g,
];

describe('nothing typed becomes markup', () => {
  const renders = {
    text: (typed: string) => textToHtml(typed, ada, urls),
    'text without names': (typed: string) => textToHtml(typed, nobody, urls),
    bio: (typed: string) => bioToHtml(typed, urls),
    field: (typed: string) => fieldToHtml(typed, urls),
  };
  for (const [name, render] of Object.entries(renders)) {
    for (const attack of CORPUS) {
      for (const typed of [attack, `@ada ${attack} #plaza`, `https://example.org/${attack}`, `x\n${attack}\n\ny`]) {
        test(`${name}: ${JSON.stringify(typed)}`, () => {
          const html = render(typed);
          const rest = OURS.reduce((left, tag) => left.replace(tag, ''), html);
          assert.doesNotMatch(rest, /[<>"']/, html);
          assert.doesNotMatch(html, /href="(?!https?:\/\/)/i);
        });
      }
    }
  }
});
