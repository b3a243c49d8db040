/** The texts that Finnhub refuses with. */
export const errors = {
  missingKey: 'Please use an API key.',
  wrongKey: 'Invalid API key.',
  premium: "You don't have access to this resource.",
  limit: 'API limit reached. Please try again later. Remaining Limit: 0',
  parameters: 'Wrong parameters',
  manySymbols: 'Subscribing to too many symbols',
} as const

const byStatus: Readonly<Record<number, string>> = {
  401: errors.wrongKey,
  403: errors.premium,
  404: 'Not found',
  422: errors.parameters,
  429: errors.limit,
}

/** The body of an answer with an error status. */
export const errorBody = (status: number): { readonly error: string } => ({
  error: byStatus[status] ?? 'Internal server error',
})
