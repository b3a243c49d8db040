import { type Clock, type ProcessHost, systemClock } from '@flux/runtime'

/** A host for a whole process inside a test: nothing of the real process is touched. */
export interface TestHost extends ProcessHost {
  /** Sends the signal to what runs on it. */
  signal(name: 'SIGTERM' | 'SIGINT'): void
  /** Tells it an error that nobody caught. */
  bug(error: unknown): void
  /** Exit statuses so far, the first one first. */
  exits(): readonly number[]
  /** Resolves with the first exit status. */
  readonly exited: Promise<number>
  /** Log entries so far, parsed. */
  logged(): readonly Readonly<Record<string, unknown>>[]
  /** What went to standard output and standard error, without the log. */
  printed(): string
  complained(): string
}

/** Makes a host; the internal port is a free one. */
export const testHost = (
  options: {
    readonly env?: Readonly<Record<string, string | undefined>>
    readonly argv?: readonly string[]
    readonly clock?: Clock
    readonly identity?: string
  } = {},
): TestHost => {
  const signalled: ((signal: 'SIGTERM' | 'SIGINT') => void)[] = []
  const bugs: ((error: unknown) => void)[] = []
  const exits: number[] = []
  const lines: string[] = []
  const out: string[] = []
  const err: string[] = []
  const { promise: exited, resolve } = Promise.withResolvers<number>()
  let ids = 0
  const identity = options.identity ?? 'test-1'
  return {
    env: { INTERNAL_PORT: '0', ...options.env },
    argv: options.argv ?? [],
    clock: options.clock ?? systemClock,
    random: () => 0.5,
    newId: () => {
      ids += 1
      return `${identity}-${ids}`
    },
    identity,
    logTo: { write: (line) => void lines.push(line) },
    print: (text) => void out.push(text),
    complain: (text) => void err.push(text),
    exit: (code) => {
      exits.push(code)
      resolve(code)
    },
    onSignal: (listener) => void signalled.push(listener),
    onBug: (listener) => void bugs.push(listener),
    signal: (name) => {
      for (const listener of signalled) listener(name)
    },
    bug: (error) => {
      for (const listener of bugs) listener(error)
    },
    exits: () => exits,
    exited,
    logged: () => lines.map((line) => JSON.parse(line)),
    printed: () => out.join(''),
    complained: () => err.join(''),
  }
}
