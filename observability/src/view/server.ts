import { readFileSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { createRequire, stripTypeScriptTypes } from 'node:module'
import { dashboards } from '../dashboards.ts'

/** A page that draws the dashboards from a Prometheus, on this machine alone. */
export interface View {
  readonly url: string
  close(): Promise<void>
}

interface Asset {
  readonly type: string
  readonly text: string
}

const library = (path: string): string =>
  readFileSync(createRequire(import.meta.url).resolve(`uplot/${path}`), 'utf8')
const own = (name: string): string => readFileSync(new URL(name, import.meta.url), 'utf8')

/** Sources of the page are TypeScript, as everything is; a browser gets them without their types. */
const script = (name: string): Asset => ({
  type: 'text/javascript',
  text: stripTypeScriptTypes(own(name)),
})

const loadAssets = (): ReadonlyMap<string, Asset> =>
  new Map([
    ['/', { type: 'text/html', text: own('page.html') }],
    ['/page.css', { type: 'text/css', text: own('page.css') }],
    ['/page.ts', script('page.ts')],
    ['/draw.ts', script('draw.ts')],
    ['/units.ts', script('units.ts')],
    ['/uplot.js', { type: 'text/javascript', text: library('dist/uPlot.esm.js') }],
    ['/uplot.css', { type: 'text/css', text: library('dist/uPlot.min.css') }],
    ['/dashboards.json', { type: 'application/json', text: JSON.stringify(dashboards) }],
  ])

const send = (response: ServerResponse, status: number, { type, text }: Asset) => {
  response.writeHead(status, {
    'content-type': `${type}; charset=utf-8`,
    'cache-control': 'no-store',
  })
  response.end(text)
}

/** Hands a question on to Prometheus, which lets no page of another address ask it. */
const ask = async (prometheus: string, path: string): Promise<readonly [number, Asset]> => {
  const answer = await fetch(`${prometheus}${path}`)
  return [answer.status, { type: 'application/json', text: await answer.text() }]
}

/** Serves the page at a port of the loopback. Throws where the port is taken. */
export const serveView = async (port: number, prometheus: string): Promise<View> => {
  const assets = loadAssets()
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const asset = assets.get(path)
    if (asset) return send(response, 200, asset)
    if (!path.startsWith('/api/v1/')) return send(response, 404, { type: 'text/plain', text: '' })
    ask(prometheus, path).then(
      ([status, answer]) => send(response, status, answer),
      () => send(response, 502, { type: 'text/plain', text: 'Prometheus does not answer.' }),
    )
  })
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  server.once('error', reject)
  server.listen(port, '127.0.0.1', resolve)
  await promise
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://127.0.0.1:${bound}`,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}
