import { workerWords } from '../../worker/words.ts'

/** `ready`: a newer build waits to take over. `taken`: it has, from another tab, and this page is an older one. */
export type Update = 'none' | 'ready' | 'taken'

/** A worker as far as a page talks to it. */
export interface Worker {
  readonly state: string
  postMessage(word: string, ports: MessagePort[]): void
  addEventListener(
    type: 'statechange',
    listener: () => void,
    options: { signal: AbortSignal },
  ): void
}

/** A registration: the workers of this page. */
interface Registration {
  readonly installing: Worker | null
  readonly waiting: Worker | null
  update(): Promise<unknown>
  addEventListener(
    type: 'updatefound',
    listener: () => void,
    options: { signal: AbortSignal },
  ): void
}

/** The browser's workers. */
interface Workers {
  readonly controller: Worker | null
  register(script: string, options: { updateViaCache: 'none' }): Promise<Registration>
  addEventListener(
    type: 'controllerchange',
    listener: () => void,
    options: { signal: AbortSignal },
  ): void
}

/** What a page is told of its updates, and tells. */
export interface FollowOptions {
  readonly workers: Workers
  /** The build that the page is of. */
  readonly version: string
  changed(update: Update): void
  reload(): void
  readonly signal: AbortSignal
}

/** Updates of the page. */
export interface Updates {
  /** Looks whether there is a newer build. */
  check(): void
  /** The user has said yes: the newer build takes over, and the page is loaded again. */
  accept(): void
}

/** The build that a worker is of. */
const versionOf = (worker: Worker): Promise<unknown> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = ({ data }) => {
      port1.close()
      resolve(data)
    }
    worker.postMessage(workerWords.version, [port2])
  })

/** Registers the worker and follows its successors. It reloads nothing by itself. */
export const followUpdates = (options: FollowOptions): Updates => {
  const { workers, signal } = options
  let registration: Registration | undefined
  let update: Update = 'none'
  let accepted = false

  const change = (next: Update) => {
    update = next
    if (!signal.aborted) options.changed(next)
  }
  const meet = async (worker: Worker | null | undefined) => {
    if (!worker || signal.aborted) return
    // The page came from the network and may be newer than its worker: then there is nothing to ask.
    if ((await versionOf(worker)) === options.version) worker.postMessage(workerWords.activate, [])
    else change('ready')
  }
  const watch = (worker: Worker | null) => {
    const look = () => {
      if (worker?.state === 'installed' && workers.controller) void meet(worker)
    }
    worker?.addEventListener('statechange', look, { signal })
  }
  const controlled = async () => {
    if (accepted) return options.reload()
    const { controller } = workers
    if (controller && (await versionOf(controller)) !== options.version) change('taken')
    else change('none')
  }
  const begin = async () => {
    const found = await workers.register('/sw.js', { updateViaCache: 'none' })
    registration = found
    found.addEventListener('updatefound', () => watch(found.installing), { signal })
    watch(found.installing)
    await meet(found.waiting)
  }
  workers.addEventListener('controllerchange', () => void controlled(), { signal })
  // Without a worker the page is what it was: it needs the network to be opened.
  begin().catch(() => undefined)
  return {
    // There may be no network, and the next look comes.
    check: () => void registration?.update().catch(() => undefined),
    accept() {
      const waiting = registration?.waiting
      if (update === 'taken' || !waiting) return options.reload()
      accepted = true
      waiting.postMessage(workerWords.activate, [])
    },
  }
}
