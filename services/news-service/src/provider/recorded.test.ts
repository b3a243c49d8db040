import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { newsHeadlines } from '@flux/contracts'
import { nodeHost } from '@flux/runtime'
import { describe, expect, it } from 'vitest'
import { mergeStories } from '../headlines.ts'
import { readLatest } from './newsdata-reply.ts'

const folder = join(nodeHost().env['FLUX_PROVIDER_DATA'] ?? '', 'newsdata')
const absent = !nodeHost().env['FLUX_PROVIDER_DATA'] || !existsSync(folder)
const body = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))

// The replies are not ours to copy: without them this one line says so, and the fixtures of the other tests stand in.
it.skipIf(absent)('finds the recorded replies: only where FLUX_PROVIDER_DATA names them', () => {
  expect(existsSync(folder)).toBe(true)
})

const recorded = () => {
  describe('recorded replies', () => {
    it.each([
      ['latest-2025-02-24.excerpt-3-of-10.json', 3, Date.UTC(2025, 1, 24, 0, 10)],
      ['latest-2024-11-27-estadao.excerpt.json', 1, Date.UTC(2024, 10, 27, 20)],
    ])('are read to the last article and fit the contract: %s', (file, count, now) => {
      const { stories, refused } = readLatest(body(file), { category: 'business', now })
      expect([stories.length, refused.size]).toEqual([count, 0])
      const list = { at: now, stories: [...mergeStories([], stories, now)] }
      expect(list.stories).toHaveLength(count)
      expect(newsHeadlines.schema.safeParse(list)).toMatchObject({ success: true })
      expect(JSON.stringify(list)).not.toMatch(/ONLY AVAILABLE|@[a-z]+\.|<[a-z]/i)
      for (const { publishedAt } of stories) expect(now - publishedAt).toBeLessThan(3_600_000)
    })

    it("have titles and sources of Google's feed apart", () => {
      const options = { category: 'other', now: Date.UTC(2025, 1, 24, 1) } as const
      const { stories } = readLatest(body('latest-2025-02-24.excerpt-3-of-10.json'), options)
      const google = stories.find(({ url }) => url.startsWith('https://news.google.com/'))
      expect(google).toMatchObject({ source: 'Justshowbiz', summary: null })
      expect(google?.title).toMatch(/perplexed\.$/)
    })

    it('are refused when the key is not valid', () => {
      const options = { category: 'other', now: 0 } as const
      expect(() => readLatest(body('error-unauthorized.json'), options)).toThrow(
        expect.objectContaining({ code: 'http_401', retryable: false }),
      )
    })
  })
}

if (!absent) recorded()
