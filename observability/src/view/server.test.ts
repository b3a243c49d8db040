import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serveView, type View } from './server.ts'

describe('the page of make observe', () => {
  const prometheus = createServer((request, response) => response.end(`asked ${request.url}`))
  let view: View

  beforeAll(async () => {
    await new Promise<void>((resolve) => prometheus.listen(0, '127.0.0.1', resolve))
    const address = prometheus.address()
    const port = typeof address === 'object' ? address?.port : 0
    view = await serveView(0, `http://127.0.0.1:${port}`)
  })
  afterAll(async () => {
    await view.close()
    prometheus.close()
  })

  const get = async (path: string) => {
    const answer = await fetch(`${view.url}${path}`)
    return { status: answer.status, text: await answer.text() }
  }

  it('is whole: everything that it loads is there, and its scripts have no types left', async () => {
    const { text } = await get('/')
    const paths = [...text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path = '']) => path)
    expect(paths.length).toBeGreaterThan(2)
    for (const path of [...paths, '/uplot.js', '/draw.ts', '/units.ts'])
      expect((await get(path)).status, path).toBe(200)
    expect((await get('/page.ts')).text).not.toContain('interface Series')
  })

  it('has every dashboard', async () => {
    expect((await get('/dashboards.json')).text).toContain('"flux-kafka-valkey"')
  })

  it('hands questions on to Prometheus, and nothing else', async () => {
    expect(await get('/api/v1/query?query=up')).toEqual({
      status: 200,
      text: 'asked /api/v1/query?query=up',
    })
    expect((await get('/-/quit')).status).toBe(404)
    expect((await get('/../package.json')).status).toBe(404)
  })
})
