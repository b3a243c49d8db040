import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutText, plainText } from './plain-text.ts'

describe('plain text', () => {
  it.each([
    ['tags', '<p>Hello <b>wor</b>ld</p><p>Again</p>', 'Hello world Again'],
    ['what is not text', 'a<script>alert("x")</script>b<style>p{}</style>c', 'a b c'],
    ['an element without an end', 'before <script>alert(1)', 'before'],
    ['comments', 'a <!-- <b>not</b> --> b', 'a b'],
    ['a tag that was cut off', 'Read more <a href="https://news.exam', 'Read more'],
    [
      'entities',
      'AT&amp;T &lt;up&#62; &#x2019;n&apos; &quot;so&quot;&nbsp;on',
      'AT&T ’n\' "so" on',
    ],
    ['markup that was escaped', '&lt;p&gt;Hello&lt;/p&gt;', 'Hello'],
    ['a tag made of what was around one', '<<b></b>script>alert(1)</script>', 'alert(1)'],
    ['a tag made of what was around a mail address', '<A< a@b.co-->&gt;', ''],
    ['entities of nothing', 'a&#55357;b&#x110000;c&unknown;', 'abc&unknown;'],
    ['comparisons', 'if a < b and P<NP?', 'if a < b and P<NP?'],
    ['white space and what is not seen', ' a\n\t b\u202Ec\u0000\u200Bd ', 'a bcd'],
    ['a mail address', 'By Ann Lee (ann.lee@paper.example)', 'By Ann Lee'],
    ['a hidden mail address', 'ask ann&#64;paper.example now', 'ask now'],
    ['a mail address in escaped brackets', 'Ann &lt;ann@paper.example&gt;', 'Ann'],
    ['another alphabet', '이수진 (reporter@paper.example)', '이수진'],
  ])('is what a person reads: %s', (_, source, text) => {
    expect(plainText(source)).toBe(text)
  })

  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...['<', '>', '</', '<b', '<script>', '</script>', '<!--', '-->', '&lt;', '&gt;', '&#60;'],
        ...['&amp;', 'img src=x', ' ', '"', '\u200b', 'a@b.co', '&#64;', '@', '.', 'x', '\ud800'],
      ),
      fc.string({ maxLength: 5 }),
    ),
    { maxLength: 30 },
  )

  it('has no tag, no mail address and nothing unseen in it, whatever comes', () => {
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = plainText(parts.join(''))
        expect(text).not.toMatch(/<[/!?]?[a-z][^<>]*>/i)
        expect(text).not.toMatch(/[a-z0-9]@[a-z0-9-]+\.[a-z0-9]/i)
        expect(text).not.toMatch(/[\p{Cc}\u202a-\u202e\u200b]/u)
        expect(text).toBe(text.trim())
        expect(text.isWellFormed()).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes text without markup as it is', () => {
    const word = fc.stringMatching(/^[\p{L}\p{N},.!?;:-]{1,10}$/u)
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        expect(plainText(words.join(' '))).toBe(words.join(' '))
      }),
    )
  })

  it.each([
    ['open tags', '<a'.repeat(50_000)],
    ['angle brackets', '<'.repeat(100_000)],
    ['nested tags', `${'<'.repeat(3_000)}b>${'b>'.repeat(3_000)}`],
    ['scripts', '<script>'.repeat(20_000)],
    ['letters', 'a'.repeat(100_000)],
    ['at signs', 'a@'.repeat(50_000)],
  ])('is made in bounded time of many %s', (_, source) => {
    expect(plainText(source).length).toBeLessThanOrEqual(4_000)
  })
})

describe('a cut text', () => {
  it('ends at a word, with an ellipsis', () => {
    expect(cutText('one two three', 13)).toBe('one two three')
    expect(cutText('one two three', 12)).toBe('one two…')
    expect(cutText('abcdefghijklm', 5)).toBe('abcd…')
  })

  it('is never longer than asked and never ends in half a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, max) => {
        const cut = cutText(text, max)
        expect(cut.length).toBeLessThanOrEqual(max)
        expect(cut.isWellFormed()).toBe(true)
        if (text.length > max) expect(cut.endsWith('…')).toBe(true)
      }),
    )
  })
})
