import { newsCategories, type ValueByName } from '@flux/contracts'
import { formatAge } from '../../ui/format.ts'
import { hasWords, searchWords } from '../../ui/search-words.ts'

/** A headline with what belongs to it. */
export type Story = ValueByName['news.headlines']['stories'][number]

/** A category of stories. */
type Category = Story['category']

/** What the list is narrowed to. */
export type CategoryFilter = Category | 'all'

const minute = 60_000

/** How long ago a story appeared, from milliseconds: `just now`, `12 min ago`. */
export const formatAgo = (ms: number): string => (ms < minute ? 'just now' : `${formatAge(ms)} ago`)

const labels: Readonly<Record<CategoryFilter, string>> = {
  all: 'All',
  business: 'Business',
  technology: 'Technology',
  politics: 'Politics',
  science: 'Science',
  world: 'World',
  other: 'Other',
}

/** A category's name. */
export const categoryLabel = (category: CategoryFilter): string => labels[category]

/** The category of a text; what is none is all. */
export const toFilter = (text: string): CategoryFilter =>
  newsCategories.find((category) => category === text) ?? 'all'

/** The categories to choose from: those that there are stories of, and the chosen one even if it has none left. */
export const filtersOf = (
  stories: readonly Story[],
  chosen: CategoryFilter,
): readonly CategoryFilter[] => {
  const present = new Set<CategoryFilter>(stories.map(({ category }) => category)).add(chosen)
  return ['all', ...newsCategories.filter((category) => present.has(category))]
}

/** The stories of a category that have every word of a search in their title, summary or source. */
export const storiesFor = (
  stories: readonly Story[],
  { filter, typed }: { readonly filter: CategoryFilter; readonly typed: string },
): readonly Story[] => {
  const words = searchWords(typed)
  return stories.filter(
    (story) =>
      (filter === 'all' || story.category === filter) &&
      hasWords(`${story.title} ${story.summary ?? ''} ${story.source}`, words),
  )
}

/** How many of the newest stories are not among those that are shown. */
export const newerCount = (newest: readonly Story[], shown: readonly Story[]): number => {
  const known = new Set(shown.map(({ id }) => id))
  return newest.filter(({ id }) => !known.has(id)).length
}

/** Most points of a picture that is kept: more cost the page memory and show nothing more at 96 pixels. */
const maxPicturePoints = 16_000_000

/** Whether a loaded picture is worth showing: it has points, and not too many. */
export const isFitPicture = (width: number, height: number): boolean =>
  width > 1 && height > 1 && width * height <= maxPicturePoints
