import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Edge, startEdge } from '../stack/edge/server.ts'

const text = readFileSync(
  fileURLToPath(new URL('../../../frontend/nginx/default.conf', import.meta.url)),
  'utf8',
)

/** Value of a header that every page has, without nginx's quotes and `always`. */
const headerIn = (name: string): string | undefined =>
  new RegExp(`^  add_header ${name} (['"]?)(.*?)\\1(?: always)?;$`, 'im').exec(text)?.[2]

/** The block of a location. */
const location = (path: string): string =>
  new RegExp(`^  location ${path} \\{\n(.*?)^  \\}$`, 'ms').exec(text)?.[1] ?? ''

let root = ''
let edge: Edge
let page: Headers

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'flux-nginx-'))
  await writeFile(join(root, 'index.html'), 'page')
  edge = await startEdge({ port: 0, root, replicas: [] })
  page = (await fetch(`http://127.0.0.1:${edge.port}/`)).headers
})

afterAll(async () => {
  await edge.close()
  await rm(root, { recursive: true })
})

describe('the edge in a cluster', () => {
  it("gives a page the security headers of the demo's edge", () => {
    const framing = /^(connection|content-length|content-type|date|etag|keep-alive|cache-control)$/
    const wanted = [...page].filter(([name]) => !framing.test(name))
    expect(wanted.length).toBeGreaterThan(4)
    expect(wanted.map(([name]) => [name, headerIn(name)])).toEqual(wanted)
  })

  it('makes no validator of times, which all files in an image share', () => {
    expect(text).toMatch(/^ {2}etag off;$/m)
    expect(text).toMatch(/^ {2}if_modified_since off;$/m)
    expect(headerIn('Last-Modified')).toBe('')
  })

  it('passes the API and sockets on, and waits for at least three pings', () => {
    for (const path of ['/api/', '/socket.io/']) {
      expect(location(path)).toContain('proxy_pass http://bff;')
      expect(location(path)).not.toContain('proxy_set_header') // would drop those of the server
    }
    expect(Number(/proxy_read_timeout (\d+)s;/.exec(text)?.[1])).toBeGreaterThanOrEqual(15)
    expect(text).toContain('proxy_set_header Upgrade $http_upgrade;')
    expect(text).toContain('proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;')
  })

  it('serves what operators may replace without a packed copy, and the manifest with its type', () => {
    expect(location('= /config.json')).toContain('gzip_static off;')
    expect(location('= /manifest.webmanifest')).toContain('application/manifest+json')
    // Headers of their own would drop those of the server.
    for (const path of ['= /config.json', '= /manifest.webmanifest'])
      expect(location(path)).not.toContain('add_header')
  })

  it('has the worker and the settings looked up anew each time', () => {
    const kept = /map \$uri \$flux_cache \{(.*?)\}/s.exec(text)?.[1] ?? ''
    expect(kept).toContain("default 'no-cache';")
    expect([...kept.matchAll(/~(\S+)/g)].map((match) => match[1])).toEqual(['^/assets/'])
  })

  it('logs no query and no cookie', () => {
    const format = /log_format flux [^;]*;/.exec(text)?.[0] ?? ''
    expect(format).toContain('$flux_path')
    expect(format).not.toMatch(
      /\$(request|request_uri|args|query_string|http_cookie|http_referer)\b/,
    )
  })
})
