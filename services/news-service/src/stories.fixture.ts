import type { Story } from './values.ts'

/** When the stories of the tests are read, epoch milliseconds. */
export const now = Date.UTC(2026, 2, 1, 12)

/** A story with an own link and title; a number of minutes before `now`. */
export const story = (id: string, minutesAgo: number, patch: Partial<Story> = {}): Story => ({
  id,
  title: `Title of ${id}`,
  url: `https://news.example/${encodeURIComponent(id)}`,
  summary: null,
  imageUrl: null,
  source: 'Example News',
  category: 'business',
  publishedAt: now - minutesAgo * 60_000,
  ...patch,
})
