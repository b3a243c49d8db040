import type { newsCategories, newsHeadlines, ValueOf } from '@flux/contracts'

/** The headlines, as they are published. */
export type Headlines = ValueOf<typeof newsHeadlines>

/** One story of the headlines. */
export type Story = Headlines['stories'][number]

/** A category that can be asked for. */
export type Category = (typeof newsCategories)[number]
