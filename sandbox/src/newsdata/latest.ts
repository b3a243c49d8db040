import { articleOf, titleAt } from './article.ts'
import { categoriesOf, cursorOf, headsUntil, type StoryHead } from './head.ts'
import type { NewsQuery } from './query.ts'

const wants = (values: readonly string[], has: readonly string[]): boolean =>
  values.length === 0 || has.some((value) => values.includes(value))

const isWanted = (query: NewsQuery, head: StoryHead): boolean =>
  wants(query.categories, categoriesOf(head)) &&
  wants(query.languages, [head.source.language]) &&
  wants(query.countries, [head.source.country[0]])

/** What `/latest` answers at `time`: the newest stories first, all of them decided by the seed and the time alone. */
export const latest = (query: NewsQuery, options: { seed: number; time: number }) => {
  const { seed, time } = options
  const saysText = (head: StoryHead) =>
    query.text === '' || titleAt(head, seed).toLowerCase().includes(query.text)
  const heads = [...headsUntil(time, { seed })].filter(
    (head) => isWanted(query, head) && saysText(head),
  )
  const { before = Number.POSITIVE_INFINITY } = query
  const rest = heads.filter(({ number }) => number < before)
  const page = rest.slice(0, query.size)
  const last = page.at(-1)
  return {
    status: 'success',
    totalResults: heads.length,
    results: page.map((head) => articleOf(head, seed)),
    nextPage: last && rest.length > page.length ? cursorOf(last) : null,
  }
}
