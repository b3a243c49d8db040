import * as z from 'zod'

const answer = <T extends z.ZodType>(data: T) => z.object({ status: z.literal('success'), data })

const vector = answer(
  z.object({
    resultType: z.string(),
    result: z.array(
      z.object({
        metric: z.record(z.string(), z.string()),
        value: z.tuple([z.number(), z.string()]),
      }),
    ),
  }),
)

const matrix = answer(
  z.object({
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
)

const alerts = answer(
  z.object({
    alerts: z.array(
      z.object({ labels: z.record(z.string(), z.string()), state: z.enum(['pending', 'firing']) }),
    ),
  }),
)

/** A series' labels and its value now. */
export interface Sample {
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** An alert whose condition holds. */
export interface ActiveAlert {
  readonly name: string
  readonly state: 'pending' | 'firing'
  readonly labels: Readonly<Record<string, string>>
}

/** What is asked of a Prometheus. Everything throws where it does not answer or refuses. */
export interface PrometheusApi {
  /** The value of an expression now; a scalar is one sample without labels. */
  query(expr: string): Promise<readonly Sample[]>
  /** All values of an expression over the last `seconds`, of all of its series. */
  values(expr: string, seconds: number): Promise<readonly number[]>
  /** Names of all metrics that it holds. */
  names(): Promise<ReadonlySet<string>>
  /** Alerts that are pending or firing. */
  alerts(): Promise<readonly ActiveAlert[]>
}

const stepSeconds = 2

/** The HTTP API of a Prometheus at `url`. */
export const prometheusApi = (url: string): PrometheusApi => {
  const get = async (path: string): Promise<unknown> => {
    const response = await fetch(`${url}/api/v1/${path}`)
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(body)}`)
    return body
  }
  return {
    query: async (expr) => {
      const { data } = vector.parse(await get(`query?${new URLSearchParams({ query: expr })}`))
      return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }))
    },
    values: async (expr, seconds) => {
      const end = Date.now() / 1_000
      // Whole steps back from the end, so that what is newest is among them.
      const start = end - stepSeconds * Math.ceil(seconds / stepSeconds)
      const range = { start: String(start), end: String(end), step: String(stepSeconds) }
      const path = `query_range?${new URLSearchParams({ query: expr, ...range })}`
      const { data } = matrix.parse(await get(path))
      return data.result.flatMap(({ values }) => values.map(([, value]) => Number(value)))
    },
    names: async () => {
      const { data } = answer(z.array(z.string())).parse(await get('label/__name__/values'))
      return new Set(data)
    },
    alerts: async () => {
      const { data } = alerts.parse(await get('alerts'))
      return data.alerts.map(({ labels, state }) => ({
        name: labels['alertname'] ?? '',
        state,
        labels,
      }))
    },
  }
}
