import { fixtureHttp } from './fixture-http.ts'

/** A span as a collector was sent it. */
export interface CollectedSpan {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  /** Empty for the first one of a trace. */
  readonly parentSpanId: string
  /** Epoch milliseconds, with fractions. */
  readonly startMs: number
  readonly endMs: number
  readonly attributes: Readonly<Record<string, unknown>>
}

/** An OTLP/HTTP collector in memory. */
export interface OtlpCollector {
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` is set to. */
  readonly url: string
  /** Everything that came so far. */
  spans(): readonly CollectedSpan[]
  close(): Promise<void>
}

const field = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null ? Reflect.get(from, name) : undefined

const listOf = (from: unknown, name: string): readonly unknown[] => {
  const list = field(from, name)
  return Array.isArray(list) ? list : []
}

const text = (from: unknown, name: string): string => String(field(from, name) ?? '')

const attributesOf = (from: unknown): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    listOf(from, 'attributes').map((one) => {
      const value = field(one, 'value')
      return [text(one, 'key'), Object.values(Object(value))[0]]
    }),
  )

const spansIn = (body: unknown): readonly CollectedSpan[] =>
  listOf(body, 'resourceSpans').flatMap((resource) => {
    const service = String(attributesOf(field(resource, 'resource'))['service.name'])
    return listOf(resource, 'scopeSpans').flatMap((scope) =>
      listOf(scope, 'spans').map((span) => ({
        service,
        name: text(span, 'name'),
        traceId: text(span, 'traceId'),
        spanId: text(span, 'spanId'),
        parentSpanId: text(span, 'parentSpanId'),
        startMs: Number(text(span, 'startTimeUnixNano')) / 1e6,
        endMs: Number(text(span, 'endTimeUnixNano')) / 1e6,
        attributes: attributesOf(span),
      })),
    )
  })

/** Starts a collector that keeps what it is sent as JSON. */
export const startOtlpCollector = async (): Promise<OtlpCollector> => {
  const spans: CollectedSpan[] = []
  const { url, close } = await fixtureHttp(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString())
    spans.push(...spansIn(body))
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  return { url, close, spans: () => spans }
}
