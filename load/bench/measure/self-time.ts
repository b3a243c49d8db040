import * as z from 'zod'

/** What of a V8 CPU profile is read. */
export const cpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  /** Microseconds since the sample before. */
  timeDeltas: z.array(z.number()),
})

/** What of a V8 CPU profile is read. */
export type CpuProfile = z.infer<typeof cpuProfile>

/** CPU time spent in a function itself, in microseconds. */
export interface SelfTime {
  readonly name: string
  /** File and line, without the path to the repository. */
  readonly place: string
  readonly kind: string
  readonly micros: number
}

/** The first that fits names the kind of work. */
const kinds: readonly (readonly [kind: string, name: RegExp, url: RegExp])[] = [
  ['garbage collection', /^\(garbage collector\)$/, /^$/],
  ['kernel writes', /^(writev|writeBuffer|write\w+String)$/, /^$/],
  ['JSON', /^(parse|stringify)$/, /^$/],
  ['native code of Node and V8', /^\(program\)$/, /^$/],
  [
    'metrics',
    /./,
    /\/(prom-client\/|packages\/runtime\/src\/telemetry\/|bff\/src\/[\w/-]*metrics\.ts)/,
  ],
  ['fan-out', /./, /\/bff\/src\/fanout\//],
  ['state and decoding', /./, /\/bff\/src\/state\//],
  ['contract checks', /./, /\/(node_modules\/zod|packages\/contracts)\//],
  ['Kafka', /./, /\/(node_modules\/kafkajs|packages\/runtime\/src\/bus)\//],
  [
    'WebSocket, Engine.IO, Socket.IO',
    /./,
    /\/node_modules\/(ws|engine\.io|socket\.io|@socket\.io)/,
  ],
  ['Redis client', /./, /\/node_modules\/(ioredis|redis-parser|@ioredis)/],
  ['Node streams and sockets', /./, /^node:(net|internal\/(stream|streams|js_stream))/],
  ['Node event loop', /./, /^node:/],
  ['the rest of Flux', /./, /\/(bff|packages)\//],
]

const kindOf = (name: string, url: string): string =>
  kinds.find(([, names, urls]) => names.test(name) && urls.test(url))?.[0] ?? 'other'

const placeOf = (url: string, line: number): string =>
  url === '' ? '' : `${url.replace(/^.*\/(bff|packages|load|node_modules)\//, '$1/')}:${line + 1}`

/** Self time of every function from so many seconds after the start; idle time is left out. */
export const selfTimes = (profile: CpuProfile, fromSeconds = 0): readonly SelfTime[] => {
  const { nodes, samples, timeDeltas } = profile
  const micros = new Map<number, number>()
  let at = 0
  for (const [index, id] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0
    at += delta
    if (at >= fromSeconds * 1e6) micros.set(id, (micros.get(id) ?? 0) + delta)
  }
  return nodes.flatMap(({ id, callFrame }) => {
    const { functionName, url, lineNumber } = callFrame
    const spent = micros.get(id) ?? 0
    if (spent === 0 || functionName === '(idle)') return []
    const name = functionName || '(anonymous)'
    const place = placeOf(url, lineNumber)
    return [{ name, place, kind: kindOf(name, url), micros: spent }]
  })
}

/** Shares of the whole by what `by` says, the largest first. */
export const sharesOf = (
  times: readonly SelfTime[],
  by: (time: SelfTime) => string,
): readonly { readonly name: string; readonly share: number }[] => {
  const total = times.reduce((sum, { micros }) => sum + micros, 0)
  return [...Map.groupBy(times, by)]
    .map(([name, own]) => ({ name, share: own.reduce((s, t) => s + t.micros, 0) / total }))
    .sort((a, b) => b.share - a.share)
}
