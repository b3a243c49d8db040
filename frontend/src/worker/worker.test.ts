import { describe, expect, it } from 'vitest'
import type { AnswerCache, PageRequest, WorkerScope } from './scope.ts'
import { startWorker } from './worker.ts'

const origin = 'https://flux.test'
const build = { version: 'v2', files: ['/assets/index-1.js', '/theme.js'] }

interface Told {
  readonly request?: PageRequest
  readonly data?: unknown
  readonly ports?: readonly { postMessage(word: string): void }[]
}

/** A worker, the network it has and the caches of its browser. */
const createWorker = () => {
  const network = new Map<string, string>([
    ['/index.html', '<meta content="v2">'],
    ['/assets/index-1.js', 'script'],
    ['/theme.js', 'theme'],
  ])
  let status = 200
  const asked: string[] = []
  const stores = new Map<string, Map<string, Response>>()
  const listeners = new Map<string, (event: never) => void>()
  let activations = 0
  const cacheOf = (name: string): AnswerCache => {
    const answers = stores.get(name) ?? new Map<string, Response>()
    stores.set(name, answers)
    return {
      match: async (address) => answers.get(address)?.clone(),
      put: async (address, answer) => void answers.set(address, answer),
    }
  }
  const scope: WorkerScope = {
    location: { origin },
    clients: { claim: async () => undefined },
    caches: {
      open: async (name) => cacheOf(name),
      keys: async () => [...stores.keys()],
      delete: async (name) => stores.delete(name),
    },
    async fetch(what) {
      const path = new URL(typeof what === 'string' ? what : what.url).pathname
      asked.push(path)
      const body = network.get(path)
      if (body === undefined) throw new TypeError('no network')
      return new Response(body, { status })
    },
    async skipWaiting() {
      activations += 1
    },
    addEventListener: (type: string, listener: (event: never) => void) =>
      void listeners.set(type, listener),
  }
  startWorker(scope, build)
  /** What the listener began, and its answer where it gave one. */
  const tell = async (type: string, told: Told = {}): Promise<string | undefined> => {
    const work: Promise<unknown>[] = []
    const answers: Promise<Response>[] = []
    const event = {
      ...told,
      waitUntil: (one: Promise<unknown>) => void work.push(one),
      respondWith: (one: Promise<Response>) => void answers.push(one),
    }
    Reflect.apply(listeners.get(type) ?? (() => undefined), undefined, [event])
    await Promise.all(work)
    return (await answers[0])?.text()
  }
  const get = (path: string, mode: RequestMode = 'cors', method = 'GET') =>
    tell('fetch', { request: { url: new URL(path, origin).href, mode, method } })
  return {
    ...{ network, asked, stores, tell, get },
    activations: () => activations,
    fail(with_: number) {
      status = with_
    },
  }
}

describe('the service worker', () => {
  it("keeps this build's page and files, and answers the files from there", async () => {
    const { tell, get, asked, stores } = createWorker()
    await tell('install')
    expect([...(stores.get('flux-v2')?.keys() ?? [])].toSorted()).toEqual(
      ['/index.html', ...build.files].map((path) => origin + path).toSorted(),
    )
    asked.length = 0
    expect(await get('/assets/index-1.js')).toBe('script')
    expect(asked).toEqual([])
  })

  it('is not installed with the page of another build, nor when a file is missing', async () => {
    const other = createWorker()
    other.network.set('/index.html', '<meta content="v3">')
    await expect(other.tell('install')).rejects.toThrow('another build')
    const incomplete = createWorker()
    incomplete.network.delete('/theme.js')
    await expect(incomplete.tell('install')).rejects.toThrow('no network')
  })

  it('takes pages from the network, and from the store when that is away or broken', async () => {
    const { tell, get, network, fail } = createWorker()
    await tell('install')
    network.set('/weather/oslo-no', 'new page')
    expect(await get('/weather/oslo-no', 'navigate')).toBe('new page')
    network.delete('/weather/oslo-no')
    expect(await get('/weather/oslo-no', 'navigate')).toContain('v2')
    network.set('/', 'bad gateway')
    fail(502)
    expect(await get('/', 'navigate')).toContain('v2')
  })

  it('leaves alone what it does not keep: the API, sockets, settings, other sites, what is sent', async () => {
    const { tell, get, asked } = createWorker()
    await tell('install')
    asked.length = 0
    for (const path of ['/api/v1/places?q=oslo', '/socket.io/?EIO=4', '/config.json', '/sw.js'])
      expect(await get(path), path).toBeUndefined()
    expect(await get('/api/v1/openapi', 'navigate')).toBeUndefined()
    expect(await get('https://other.test/theme.js')).toBeUndefined()
    expect(await get('/theme.js', 'cors', 'POST')).toBeUndefined()
    expect(asked).toEqual([])
  })

  it('takes over only when it is told to, and drops what older ones kept', async () => {
    const { tell, stores, activations } = createWorker()
    stores.set('flux-v1', new Map())
    stores.set('other', new Map())
    await tell('install')
    expect(activations()).toBe(0)
    await tell('message', { data: 'activate', ports: [] })
    expect(activations()).toBe(1)
    await tell('activate')
    expect([...stores.keys()].toSorted()).toEqual(['flux-v2', 'other'])
  })

  it('tells its version on request', async () => {
    const { tell } = createWorker()
    const told: string[] = []
    await tell('message', { data: 'version', ports: [{ postMessage: (word) => told.push(word) }] })
    expect(told).toEqual(['v2'])
  })
})
