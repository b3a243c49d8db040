/** An answer that is an error: `results` is an object, not a list. */
export interface NewsError {
  readonly status: 'error'
  readonly results: { readonly message: string; readonly code: string }
}

/** The body of an error. */
export const newsError = (code: string, message: string): NewsError => ({
  status: 'error',
  results: { message, code },
})

const byStatus: Readonly<Record<number, NewsError>> = {
  400: newsError('MissingParameter', 'A required parameter is missing.'),
  401: newsError('Unauthorized', 'The provided API key is not valid.'),
  403: newsError('Forbidden', 'This address may not use the API key.'),
  404: newsError('NotFound', 'There is no such endpoint.'),
  409: newsError('ParameterDuplicate', 'A parameter is given more than once.'),
  422: newsError('UnprocessableEntity', 'The request cannot be processed.'),
  429: newsError('RateLimitExceeded', 'Rate limit exceeded. Please try again later.'),
}

/** The body of an answer with an error status. */
export const errorBody = (status: number): NewsError =>
  byStatus[status] ?? newsError('ServerError', 'Internal server error.')
