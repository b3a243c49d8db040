/** What a worker needs of a request. */
export type PageRequest = Pick<Request, 'url' | 'method' | 'mode'>

/** Keeps the worker alive for as long as the promise lasts. */
interface LastingEvent {
  waitUntil(work: Promise<unknown>): void
}

interface RequestEvent {
  readonly request: PageRequest
  respondWith(answer: Promise<Response>): void
}

interface WordEvent extends LastingEvent {
  readonly data: unknown
  readonly ports: readonly { postMessage(word: string): void }[]
}

/** A store of answers, by address. */
export interface AnswerCache {
  match(address: string, options: { ignoreVary: boolean }): Promise<Response | undefined>
  put(address: string, answer: Response): Promise<void>
}

/** What the service worker uses of its surroundings: the page's types know nothing of a worker's. */
export interface WorkerScope {
  readonly location: { readonly origin: string }
  readonly clients: { claim(): Promise<void> }
  readonly caches: {
    open(name: string): Promise<AnswerCache>
    keys(): Promise<readonly string[]>
    delete(name: string): Promise<boolean>
  }
  fetch(what: PageRequest | string, options?: RequestInit): Promise<Response>
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listener: (event: LastingEvent) => void): void
  addEventListener(type: 'fetch', listener: (event: RequestEvent) => void): void
  addEventListener(type: 'message', listener: (event: WordEvent) => void): void
}

/** The build that a worker belongs to. */
export interface Build {
  readonly version: string
  /** Paths of the files to keep beside the page itself: `/assets/index-1a2b.js`. */
  readonly files: readonly string[]
}
