import * as z from 'zod'
import type { Category, Story } from '../values.ts'
import { cutText, plainText } from './plain-text.ts'
import { parsePubDate } from './pub-date.ts'

/** Why an article is not taken. `repeat`: the provider says that it has it from elsewhere too. */
export const refusals = ['malformed', 'title', 'link', 'date', 'repeat'] as const

/** One of `refusals`. */
export type Refusal = (typeof refusals)[number]

/** Longest summary in characters: a few lines. The contract allows more. */
const maxSummary = 400

/** What the free plan puts where a paid one has a value. */
const withheld = /^\s*ONLY AVAILABLE IN/i

/** Text of a field, `undefined` where there is none of use. */
const words = z.unknown().transform((value) => {
  if (typeof value !== 'string' || withheld.test(value)) return undefined
  return plainText(value) || undefined
})

const raw = z.unknown().transform((value) => {
  if (typeof value !== 'string' || withheld.test(value)) return undefined
  return value.trim() || undefined
})

const articleWire = z.object({
  article_id: z.string().trim().min(1).max(100),
  title: words,
  link: raw,
  description: words,
  pubDate: z.string(),
  pubDateTZ: raw,
  image_url: raw,
  source_id: words,
  source_name: words,
  duplicate: z.unknown().transform((value) => value === true),
})

type Article = z.output<typeof articleWire>

/** An address that a browser may open: http or https, without a name and password in it. `undefined` for any other. */
export const webUrl = (text: string | undefined): string | undefined => {
  if (text === undefined || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return undefined
  const href = url.href.replaceAll("'", '%27')
  return href.length <= 2_048 ? href : undefined
}

const isUtc = (zone: string | undefined): boolean => zone === undefined || /^(utc|gmt)$/i.test(zone)

/** What the story is called, by whom, and about what. */
type Naming = Pick<Story, 'title' | 'source' | 'summary'>

/** Google's feed puts the source behind the title, and headlines of other sources where a description should be. */
const googleNaming = (title: string, source: string): Naming => {
  const at = title.lastIndexOf(' - ')
  if (at <= 0 || title.length - at > 60) return { title, source, summary: null }
  return { title: title.slice(0, at), source: title.slice(at + 3), summary: null }
}

const namingOf = (title: string, host: string, article: Article): Naming => {
  const source = article.source_name ?? article.source_id ?? host
  if (host === 'news.google.com') return googleNaming(title, source)
  const summary = article.description === title ? undefined : article.description
  return { title, source, summary: summary ?? null }
}

const fitted = ({ title, source, summary }: Naming): Naming => ({
  title: cutText(title, 300),
  source: cutText(source, 100),
  summary: summary === null ? null : cutText(summary, maxSummary),
})

/**
 * One item of the provider's list as a story of the category that was asked for, or why it is none. A time ahead of
 * `now` (epoch milliseconds) becomes `now`. Creators, content and what the plan withholds are not taken at all.
 */
export const readArticle = (
  item: unknown,
  { category, now }: { readonly category: Category; readonly now: number },
): Story | Refusal => {
  const parsed = articleWire.safeParse(item)
  if (!parsed.success) return 'malformed'
  const article = parsed.data
  if (article.duplicate) return 'repeat'
  if (article.title === undefined) return 'title'
  const url = webUrl(article.link)
  if (url === undefined) return 'link'
  const publishedAt = isUtc(article.pubDateTZ) ? parsePubDate(article.pubDate) : undefined
  if (publishedAt === undefined) return 'date'
  const naming = fitted(namingOf(article.title, new URL(url).hostname, article))
  return {
    id: article.article_id,
    url,
    ...naming,
    imageUrl: webUrl(article.image_url) ?? null,
    category,
    publishedAt: Math.min(publishedAt, now),
  }
}
