import type { AnswerCache, Build, PageRequest, WorkerScope } from './scope.ts'
import { workerWords } from './words.ts'

const prefix = 'flux-'
const page = '/index.html'

/** How long a page may take from the network before the kept one is shown, in milliseconds. */
const pageWaitMs = 4_000

const isHashed = (path: string): boolean => path.startsWith('/assets/')

/** Names of the server's own paths, and of files, which are no pages. */
const isNoPage = (path: string): boolean => /^\/(api|socket\.io)(\/|$)|\.[^/]+$/.test(path)

/** A failure rejects the installation, and the browser tries again later. */
const fetched = async (scope: WorkerScope, path: string): Promise<Response> => {
  const cache = isHashed(path) ? 'default' : 'no-cache'
  const answer = await scope.fetch(scope.location.origin + path, { cache })
  if (!answer.ok) throw new Error(`${path} was answered with ${answer.status}`)
  return answer
}

const createStore = (scope: WorkerScope, { version, files }: Build) => {
  const name = prefix + version
  const open = (): Promise<AnswerCache> => scope.caches.open(name)
  const addressOf = (path: string) => scope.location.origin + path
  return {
    async fill() {
      const cache = await open()
      const html = await fetched(scope, page)
      // Another replica of the edge may still, or already, have another build.
      const isOurs = (await html.clone().text()).includes(version)
      if (!isOurs) throw new Error('The page is of another build')
      await cache.put(addressOf(page), html)
      await Promise.all(
        files.map(async (path) => cache.put(addressOf(path), await fetched(scope, path))),
      )
    },
    async dropOthers() {
      const names = await scope.caches.keys()
      const others = names.filter((other) => other.startsWith(prefix) && other !== name)
      await Promise.all(others.map((other) => scope.caches.delete(other)))
    },
    get: async (path: string) => (await open()).match(addressOf(path), { ignoreVary: true }),
  }
}

/** Answers the page's own requests: addresses from the network first, this build's files from the store first. */
export const startWorker = (scope: WorkerScope, build: Build): void => {
  const store = createStore(scope, build)
  const files = new Set(build.files)

  const pathOf = ({ url, method }: PageRequest): string | undefined => {
    const { origin, pathname } = new URL(url)
    return method === 'GET' && origin === scope.location.origin ? pathname : undefined
  }
  const file = async (request: PageRequest, path: string): Promise<Response> =>
    (await store.get(path)) ?? scope.fetch(request)
  const freshPage = async (request: PageRequest): Promise<Response> => {
    const signal = AbortSignal.timeout(pageWaitMs)
    const answer = await scope.fetch(request, { signal }).catch(() => undefined)
    if (answer && answer.status < 500) return answer
    return (await store.get(page)) ?? answer ?? Response.error()
  }
  // It does not take over from an older one by itself: open pages are of that one's build.
  scope.addEventListener('install', (event) => event.waitUntil(store.fill()))
  scope.addEventListener('activate', (event) =>
    event.waitUntil(store.dropOthers().then(() => scope.clients.claim())),
  )
  scope.addEventListener('fetch', (event) => {
    const { request } = event
    const path = pathOf(request)
    if (path === undefined) return
    if (request.mode === 'navigate' && !isNoPage(path)) event.respondWith(freshPage(request))
    else if (files.has(path)) event.respondWith(file(request, path))
  })
  scope.addEventListener('message', (event) => {
    if (event.data === workerWords.version) event.ports[0]?.postMessage(build.version)
    if (event.data === workerWords.activate) event.waitUntil(scope.skipWaiting())
  })
}
