import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, normalize, sep } from 'node:path'

const types = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json'],
  ['.woff2', 'font/woff2'],
])

// All but pictures comes from here and talks to here; styles that scripts set on elements need no exception.
const policy = [
  "default-src 'self'",
  "img-src 'self' https:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const security = {
  'content-security-policy': policy,
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'geolocation=(self), camera=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

const read = async (file: string): Promise<Buffer | undefined> => {
  try {
    return await readFile(file)
  } catch {
    return undefined
  }
}

/** The file's path for a request's path: `undefined` for what is no path or leads out of the folder. */
const fileFor = (root: string, path: string): string | undefined => {
  try {
    const decoded = decodeURIComponent(path)
    const file = join(root, normalize(decoded))
    return decoded.includes('\0') || !file.startsWith(join(root, sep)) ? undefined : file
  } catch {
    return undefined
  }
}

const text = (response: ServerResponse, status: number, message: string): void => {
  response.writeHead(status, { ...security, 'content-type': 'text/plain; charset=utf-8' })
  response.end(`${message}\n`)
}

const answer = (request: IncomingMessage, response: ServerResponse, file: string, body: Buffer) => {
  const tag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const hashed = file.includes(`${sep}assets${sep}`)
  const headers = {
    ...security,
    etag: tag,
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
  if (request.headers['if-none-match'] === tag) {
    response.writeHead(304, headers).end()
    return
  }
  const type = types.get(extname(file)) ?? 'application/octet-stream'
  response.writeHead(200, { ...headers, 'content-type': type, 'content-length': body.length })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/**
 * Serves a built page: files by their names, `index.html` for every other path without an extension.
 * Names under `assets/` hold a hash of their content and never change.
 */
export const servePage =
  (root: string) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('allow', 'GET, HEAD')
      return text(response, 405, 'only GET and HEAD')
    }
    const [path = '/'] = (request.url ?? '/').split('?')
    const file = fileFor(root, path)
    if (!file) return text(response, 400, 'no such path')
    const wanted = path.endsWith('/') ? undefined : await read(file)
    if (wanted) return answer(request, response, file, wanted)
    if (extname(path)) return text(response, 404, 'no such file')
    const index = join(root, 'index.html')
    const page = await read(index)
    if (page) return answer(request, response, index, page)
    text(response, 503, 'the page is not built: npm run build -w frontend')
  }
