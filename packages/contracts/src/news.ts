import * as z from 'zod/mini'
import { channel } from './channel.ts'
import { command } from './command.ts'
import { epochMs, httpUrl, text } from './values.ts'

const minute = 60_000
const hour = 60 * minute

/** The categories a story can have. */
export const newsCategories = [
  'business',
  'technology',
  'politics',
  'science',
  'world',
  'other',
] as const

const story = z.object({
  id: text(100),
  title: text(300),
  url: httpUrl,
  summary: z.nullable(text(500)),
  imageUrl: z.nullable(httpUrl),
  source: text(100),
  category: z.enum(newsCategories),
  publishedAt: epochMs,
})

/** The newest headlines of all categories, newest first. */
export const newsHeadlines = channel({
  name: 'news.headlines',
  topic: 'news.service.event.updated',
  schema: z.object({ stories: z.array(story).check(z.maxLength(60)), at: epochMs }),
  producer: 'news-service',
  delivery: 'latest',
  ages: { refreshAfterMs: 10 * minute, staleAfterMs: 30 * minute, retentionMs: 48 * hour },
  maxKeys: 4,
  maxBytes: 192_000,
  part: 'global',
  keyOf: () => 'global',
  partOf: () => 'global',
  atOf: (value) => value.at,
})

/** Asks for new headlines now. */
export const refreshNews = command({
  name: 'news.refresh',
  topic: 'news.service.command.refresh',
  service: 'news-service',
  body: z.object({}),
  refreshes: 'news.headlines',
  keyOf: () => 'global',
  bodyOf: () => ({}),
})
