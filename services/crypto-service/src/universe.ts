/** A coin at the edge of the list would come and go with every poll: it leaves only when it is this far below. */
const slack = 3

/** Most products that are streamed. */
export const maxProducts = 100

/** What decides which products are streamed. */
export interface UniverseInput {
  /** Products of the ranked coins that trade in USD, largest first. */
  readonly ranked: readonly string[]
  /** Products to stream in any case. */
  readonly configured: readonly string[]
  /** Products that exist; `undefined` while the exchange has not said. */
  readonly existing: ReadonlySet<string> | undefined
  /** Products streamed now. */
  readonly current: ReadonlySet<string>
  /** How many of the largest coins are streamed. */
  readonly top: number
}

/**
 * The products to stream: those of the `top` largest coins that trade in USD, then the configured ones, then those
 * streamed now that are still near the top; only ones that exist, each once, at most `maxProducts`.
 */
export const universeOf = (input: UniverseInput): readonly string[] => {
  const near = input.ranked.slice(input.top, input.top + slack).filter((p) => input.current.has(p))
  const wanted = new Set([...input.ranked.slice(0, input.top), ...input.configured, ...near])
  return [...wanted].filter((product) => input.existing?.has(product) ?? true).slice(0, maxProducts)
}
