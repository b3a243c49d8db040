import { FluxError } from '@flux/runtime'

/** OpenWeatherMap's error body: `cod` is a number for 401 and 429, text for the others. */
export interface ErrorBody {
  readonly cod: number | string
  readonly message: string
}

const messages: Readonly<Record<number, string>> = {
  400: 'Nothing to geocode',
  401: 'Invalid API key. Please see https://openweathermap.org/faq#error401 for more info.',
  404: 'city not found',
  429: 'Your account is temporary blocked due to exceeding of requests limitation of your subscription type.',
}

/** The body that comes with a status. */
export const errorBody = (
  status: number,
  message = messages[status] ?? 'Internal server error',
): ErrorBody => ({ cod: status === 401 || status === 429 ? status : String(status), message })

/** A request that is refused with `status`. */
export class Refusal extends FluxError {
  readonly status: number

  constructor(status: number, message?: string) {
    super('refused', errorBody(status, message).message)
    this.status = status
  }
}
