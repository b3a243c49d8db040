import { ProviderError } from '@flux/runtime'
import * as z from 'zod'
import type { Category, Story } from '../values.ts'
import { type Refusal, readArticle } from './article.ts'

/** Name of the provider in metrics, errors and records. */
export const provider = 'newsdata'

/** One page of a category. */
export interface NewsPage {
  readonly stories: readonly Story[]
  /** Articles that were not taken, by why. */
  readonly refused: ReadonlyMap<Refusal, number>
}

const successWire = z.object({ status: z.literal('success'), results: z.array(z.unknown()) })

const failure = z.object({ code: z.string() })
const errorWire = z.object({
  status: z.literal('error'),
  results: z.union([
    failure,
    z
      .array(failure)
      .min(1)
      .transform(([first]) => first),
  ]),
})

const limitCodes = /^(ApiLimitExceeded|RateLimitExceeded|TooManyRequests)$/i

const refuse = (code: string, why: string, retryable = false) =>
  new ProviderError(provider, `newsdata: /latest: ${why}`, { code, retryable })

/** What an error body means. The provider's own words stay out of it: they may quote the key. */
const errorOf = (body: unknown): ProviderError => {
  const parsed = errorWire.safeParse(body)
  if (!parsed.success) return refuse('bad_shape', 'neither a list of articles nor an error')
  const said = parsed.data.results?.code ?? ''
  const code = /^[A-Za-z]{1,40}$/.test(said) ? said : 'an unknown code'
  if (code === 'Unauthorized') return refuse('http_401', 'the key is not accepted')
  if (limitCodes.test(code)) return refuse('http_429', `the limit is reached (${code})`, true)
  return refuse('provider_error', `the provider reports ${code}`)
}

/**
 * Reads a reply by its `status`, since errors have come with HTTP status 200. Throws ProviderError: `http_401`,
 * `http_429` (retryable), `provider_error`, `bad_shape` (also when of several articles not one can be read).
 */
export const readLatest = (
  body: unknown,
  options: { readonly category: Category; readonly now: number },
): NewsPage => {
  const parsed = successWire.safeParse(body)
  if (!parsed.success) throw errorOf(body)
  const stories: Story[] = []
  const refused = new Map<Refusal, number>()
  for (const item of parsed.data.results) {
    const story = readArticle(item, options)
    if (typeof story === 'string') refused.set(story, (refused.get(story) ?? 0) + 1)
    else stories.push(story)
  }
  const repeats = refused.get('repeat') ?? 0
  const rest = parsed.data.results.length - repeats
  if (rest > 0 && stories.length === 0)
    throw refuse('bad_shape', `none of ${rest} articles can be read`)
  return { stories, refused }
}
