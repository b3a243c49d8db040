import { FluxError } from '@flux/runtime'
import type { Coinbase } from '../coinbase/provider.ts'
import type { Replay, ReplayState } from '../coinbase/replay.ts'
import type { Market } from '../market/market.ts'
import type { Provider } from '../provider.ts'
import type { Sockets } from '../sockets.ts'
import type { RequestCount, Stats } from '../stats.ts'
import type { ActiveFault, Faults } from './faults.ts'
import {
  type Fault,
  type FaultInput,
  faultSchema,
  lastingFaultSchema,
  type ReplayInput,
  replaySchema,
  type Step,
  stepSchema,
} from './schemas.ts'

/** What a sandbox is doing. */
export interface SandboxState {
  readonly seed: number
  /** The market's time in epoch milliseconds. */
  readonly time: number
  readonly matchesPerSecond: number
  /** Time passes only by `step`. */
  readonly manual: boolean
  readonly replay: ReplayState | null
  /** Open connections by provider. */
  readonly connections: Readonly<Record<string, number>>
  /** Products subscribed per channel, summed over connections. */
  readonly subscriptions: Readonly<Record<string, number>>
  /** Frames sent by `provider/type`. */
  readonly framesSent: Readonly<Record<string, number>>
  readonly slowReadersDropped: number
  readonly faults: readonly ActiveFault[]
  readonly requests: readonly RequestCount[]
}

/** What setting a fault led to: it stays, or it has happened. */
export type FaultOutcome =
  | ({ readonly lasting: true } & ActiveFault)
  | { readonly lasting: false; readonly affected: number }

/** The operations of the control API, for HTTP and for tests in the same process. */
export interface Control {
  state(): SandboxState
  setRate(matchesPerSecond: number): void
  /** Throws FluxError `unknown_provider` or `unknown_product`, ZodError for what is no fault. */
  addFault(fault: FaultInput): FaultOutcome
  /** False when there is no such fault. */
  removeFault(id: string): boolean
  clearFaults(): number
  /** Matches at once, or (manual markets only) time that passes. Throws FluxError `unknown_product`, `not_manual`, `no_rate` or `replaying`. */
  step(step: Step): { time: number }
  startReplay(request: ReplayInput): Promise<void>
  stopReplay(): Promise<boolean>
}

interface Deps {
  readonly market: Market
  readonly faults: Faults
  readonly stats: Stats
  readonly sockets: Sockets
  readonly coinbase: Coinbase
  readonly replay: Replay
  readonly manual: boolean
  readonly providers: readonly Provider[]
}

const stepMatches = (deps: Deps, matches: number, product: string | undefined) => {
  const { market, manual } = deps
  // A market that runs by the clock must not get ahead of it: its steps all happen now.
  if (!manual || product !== undefined) {
    for (let i = 0; i < matches; i++) market.step(product)
    return
  }
  if (market.rate() === 0) throw new FluxError('no_rate', 'at rate 0 no match ever comes')
  let seen = 0
  const stop = market.listen({ onMatch: () => (seen += 1), onSecond: () => {} })
  while (seen < matches) market.runUntil(market.nextAt())
  stop()
}

const runStep = (deps: Deps, { matches, ms, product }: Step) => {
  const { market, manual } = deps
  if (deps.replay.state())
    throw new FluxError('replaying', 'the market stands while a file is replayed')
  if (product !== undefined && !market.instruments.has(product)) {
    throw new FluxError('unknown_product', `${product} is not a product`)
  }
  if (matches !== undefined) stepMatches(deps, matches, product)
  if (ms === undefined) return
  if (!manual) throw new FluxError('not_manual', 'time passes by itself: start with manual = true')
  market.runUntil(market.time() + ms * 1000)
}

const checkFault = (fault: Fault, deps: Deps) => {
  const provider = deps.providers.find(({ name }) => name === fault.provider)
  if (!provider) {
    const names = deps.providers.map(({ name }) => name).join(', ')
    throw new FluxError('unknown_provider', `${fault.provider} is not a provider (${names})`)
  }
  const product = 'product' in fault ? fault.product : undefined
  if (product === undefined) return
  if (!(provider.hasProduct?.(product) ?? deps.market.instruments.has(product))) {
    throw new FluxError('unknown_product', `${product} is not a product`)
  }
}

/** The control of one sandbox. */
export const createControl = (deps: Deps): Control => {
  const { market, faults, stats, sockets, replay } = deps
  return {
    state: () => ({
      seed: market.seed,
      time: market.time() / 1000,
      matchesPerSecond: market.rate(),
      manual: deps.manual,
      replay: replay.state(),
      connections: sockets.connections(),
      subscriptions: deps.coinbase.feed().subscriptions(),
      framesSent: stats.frames(),
      slowReadersDropped: stats.slowReaders(),
      faults: faults.list(),
      requests: stats.requests(),
    }),
    setRate: market.setRate,
    addFault: (input) => {
      const fault = faultSchema.parse(input)
      checkFault(fault, deps)
      if (fault.kind === 'drop' || fault.kind === 'burst' || fault.kind === 'error_frame') {
        return { lasting: false, affected: faults.fire(fault) }
      }
      return { lasting: true, ...faults.add(lastingFaultSchema.parse(fault)) }
    },
    removeFault: faults.remove,
    clearFaults: faults.clear,
    step: (step) => {
      runStep(deps, stepSchema.parse(step))
      return { time: market.time() / 1000 }
    },
    startReplay: (request) => replay.start(replaySchema.parse(request)),
    stopReplay: replay.stop,
  }
}
