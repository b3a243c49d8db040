import { newsHeadlines } from '@flux/contracts'
import { linkKey, titleKey } from './same-story.ts'
import type { Story } from './values.ts'

/** Stories in a list. */
export const maxStories = 60

/** A story older than this leaves the list, in milliseconds. */
export const maxAgeMs = 48 * 3_600_000

/** Room in an encoded list for what is not a story. */
const frameBytes = 100

const byId = (a: Story, b: Story) => (a.id < b.id ? -1 : Number(a.id > b.id))
const newestFirst = (a: Story, b: Story) => b.publishedAt - a.publishedAt || byId(a, b)

/** A story that came again: its newest words, the earliest time it was heard of, the category it is in already. */
const renew = (held: Story | undefined, fresh: Story): Story =>
  held === undefined
    ? fresh
    : {
        ...fresh,
        category: held.category,
        publishedAt: Math.min(held.publishedAt, fresh.publishedAt),
      }

/** Each story once, by id; what is fresh renews what is held. */
const combine = (held: readonly Story[], fresh: readonly Story[]): Story[] => {
  const stories = new Map(held.map((story) => [story.id, story]))
  for (const story of fresh) stories.set(story.id, renew(stories.get(story.id), story))
  return [...stories.values()]
}

/** Of stories with the same page or the same title the oldest stays: the others were copied from it. */
const withoutCopies = (stories: readonly Story[]): Story[] => {
  const seen = new Set<string>()
  return stories
    .toSorted(newestFirst)
    .reverse()
    .filter(({ url, title }) => {
      const keys = [`link ${linkKey(url)}`, `title ${titleKey(title)}`]
      if (keys.some((key) => seen.has(key))) return false
      for (const key of keys) seen.add(key)
      return true
    })
}

/** The newest stories, of each category at least its equal share, so that a busy one does not push out the others. */
const shared = (stories: readonly Story[]): Story[] => {
  const byCategory = Map.groupBy(stories.toSorted(newestFirst), (story) => story.category)
  const share = Math.floor(maxStories / Math.max(1, byCategory.size))
  const lists = [...byCategory.values()]
  const own = lists.flatMap((list) => list.slice(0, share))
  const others = lists.flatMap((list) => list.slice(share)).toSorted(newestFirst)
  return [...own, ...others.slice(0, maxStories - own.length)].toSorted(newestFirst)
}

/** As many of the first as the channel's limit on bytes takes. */
const fitting = (stories: readonly Story[]): Story[] => {
  let left = newsHeadlines.maxBytes - frameBytes
  return stories.filter((story) => {
    left -= Buffer.byteLength(JSON.stringify(story)) + 1
    return left >= 0
  })
}

/**
 * The list after a page of stories has come: newest first, at most 60, none older than 48 h, no two with the same page
 * or title. What the page does not have stays, so a category that fails keeps its stories. `now` in epoch milliseconds.
 */
export const mergeStories = (
  held: readonly Story[],
  fresh: readonly Story[],
  now: number,
): readonly Story[] => {
  const recent = combine(held, fresh).filter(({ publishedAt }) => publishedAt > now - maxAgeMs)
  return fitting(shared(withoutCopies(recent)))
}
