import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../src/stack/ports.ts'
import { isGone } from '../src/stack/process-table.ts'
import { until } from '../src/stack/wait.ts'

let temporary = ''

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'flux-demo-test-'))
})

afterEach(() => rm(temporary, { recursive: true, force: true }))

const startDemo = (port: number) => {
  const program = fileURLToPath(new URL('../src/demo.ts', import.meta.url))
  const demo = spawn(process.execPath, [program], {
    env: { ...process.env, TMPDIR: temporary, PORT: String(port), FLUX_STARTED_AT: '' },
  })
  // A test that fails must not leave a stack behind: the keeper ends what the demo has started.
  onTestFinished(() => void demo.kill('SIGKILL'))
  let output = ''
  demo.stdout.on('data', (bytes) => (output += bytes))
  demo.stderr.on('data', (bytes) => (output += bytes))
  const exit = once(demo, 'exit')
  const prints = (text: RegExp, deadlineMs = 50_000) =>
    until(
      () => {
        if (demo.exitCode !== null) throw new Error(`the demo has ended:\n${output}`)
        return text.test(output)
      },
      { what: `${text} in the demo's output`, deadlineMs },
    )
  return { demo, exit, prints, output: () => output }
}

// Node's own compile cache may stand beside them.
const dataFolders = async () =>
  (await readdir(temporary)).filter((name) => name.startsWith('flux-'))

const nothingLeft = () =>
  until(async () => (await dataFolders()).length === 0, {
    what: 'the data folder to be gone',
    deadlineMs: 10_000,
  })

const pidsIn = (output: string): readonly number[] =>
  [...output.matchAll(/ (\d+) +\S+\.log$/gm)].map((match) => Number(match[1]))

it('brings a live price to a client of the page, and leaves nothing after Ctrl-C', async () => {
  const port = await freePort()
  const { demo, exit, prints, output } = startDemo(port)
  await prints(
    /the first live price has reached a browser client after [\d.]+ s: \w+-USD [\d.]+ USD/,
  )
  const page = await fetch(`http://localhost:${port}/`)
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8')
  expect(await page.text()).toContain('<script type="module"')
  const pids = pidsIn(output())
  expect(pids).toHaveLength(11)
  demo.kill('SIGINT')
  expect(await exit).toEqual([0, null])
  expect(pids.filter((pid) => !isGone(pid))).toEqual([])
  await nothingLeft()
})

it('leaves nothing when it is interrupted while it starts', async () => {
  const { demo, exit, prints } = startDemo(await freePort())
  await prints(/starting/)
  await until(async () => (await dataFolders()).length > 0, {
    what: 'the data folder',
    deadlineMs: 10_000,
  })
  demo.kill('SIGINT')
  expect(await exit).toEqual([0, null])
  await nothingLeft()
})

it('says which port is in use and how to choose another', async () => {
  const port = await freePort()
  const server = createServer()
  await once(server.listen(port, '127.0.0.1'), 'listening')
  const { exit, output } = startDemo(port)
  expect(await exit).toEqual([1, null])
  expect(output()).toMatch(new RegExp(`port ${port} \\(edge\\) is in use.*PORT=\\d+`))
  await nothingLeft()
  server.close()
})
