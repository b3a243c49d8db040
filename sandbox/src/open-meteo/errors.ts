import { FluxError } from '@flux/runtime'

/** What is wrong with a request, in Open-Meteo's words: sent with status 400. */
export const refusal = (reason: string): FluxError => new FluxError('bad_request', reason)

/** The body that comes with every status but 200. */
export const failure = (reason: string) => ({ error: true, reason })

const reasons: Readonly<Record<number, string>> = {
  400: 'No data is available for this location',
  404: 'Not Found',
  429: 'Minutely API request limit exceeded. Please try again in one minute.',
  500: 'Internal Server Error',
  502: 'The service is overloaded',
  503: 'The service is overloaded',
}

/** The body for a status that a fault asks for. */
export const failureOf = (status: number) => failure(reasons[status] ?? 'Unexpected error')
