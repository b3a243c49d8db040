import type { Condition } from '../../panels/states.ts'
import { heldIn } from '../../panels/states.ts'
import type { StillContent } from '../../panels/still-client.ts'
import type { Story } from './model.ts'

const minute = 60_000

const long =
  'After a night of talks that nobody had expected to end before the weekend, ministers of eleven countries agree on common rules for storing electricity from wind and sun, leave the question of who pays for the new lines to a later meeting, and promise that households will hear of the price before winter.'

const story = (id: string, facts: Partial<Story>, at: number): Story => ({
  ...{ id, title: '', url: 'https://example.org/', summary: null, imageUrl: null },
  ...{ source: 'Example Post', category: 'world', publishedAt: at },
  ...facts,
})

const storiesAt = (at: number): Story[] => [
  story(
    'short',
    {
      ...{ title: 'Chip maker raises its forecast for the third time this year' },
      ...{ source: 'Market Daily', category: 'business', imageUrl: '/favicon.svg' },
    },
    at - 12 * minute,
  ),
  story(
    'rtl',
    { title: 'افتتاح المتحف الكبير بعد عشرين عاما من البناء', source: 'الصحيفة' },
    at - 34 * minute,
  ),
  story('long', { title: long, category: 'politics' }, at - 130 * minute),
  story(
    'missing',
    {
      ...{ title: 'Telescope finds water on a planet 48 light years away', category: 'science' },
      ...{ source: 'Orbit', imageUrl: 'https://pictures.invalid/none.jpg' },
    },
    at - 300 * minute,
  ),
]

/** What a client holds that shows headlines: a short one, one from right to left, the longest, one without its picture. */
export const stillNews = (condition: Condition): StillContent => {
  const { at } = condition
  const value = { stories: storiesAt(at), at }
  return { values: { 'news.headlines': { global: heldIn(condition, { value, at }) } } }
}
