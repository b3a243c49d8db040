import { once } from 'node:events'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Restarter, startRestarter } from './restarter.ts'

let root = ''
let folder = ''
let server: Server
let restarter: Restarter | undefined
const said: string[] = []

beforeEach(async () => {
  said.length = 0
  root = mkdtempSync(join(tmpdir(), 'flux-restarter-'))
  folder = join(root, 'src')
  mkdirSync(folder)
  server = createServer()
  await once(server.listen(0, '127.0.0.1'), 'listening')
})

afterEach(async () => {
  await restarter?.close('SIGKILL')
  restarter = undefined
  server.close()
  rmSync(root, { recursive: true, force: true })
})

/** A program that calls back with a word, and stays unless it is told to end. */
const program = (word: string, then = ''): string => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return `require('node:net').connect(${port}, '127.0.0.1').end('${word}');process.on('SIGTERM',()=>process.exit(7));setInterval(()=>{},1e6);${then}`
}

/** Writes beside the file and puts it in its place, as `tar` does: another file of the same name. */
const replace = (path: string, text: string): void => {
  writeFileSync(join(root, 'next'), text)
  renameSync(join(root, 'next'), path)
}

const nextWord = async (): Promise<string> => {
  const [socket]: Socket[] = await once(server, 'connection')
  let word = ''
  for await (const chunk of socket ?? []) word += chunk
  return word
}

const run = (entry: string, againMs = 60_000): void => {
  restarter = startRestarter({
    command: process.execPath,
    args: [entry],
    folders: [folder],
    settleMs: 5,
    graceMs: 5000,
    againMs,
    say: (line) => said.push(line),
  })
}

describe('the restarter', () => {
  it('starts the program again each time a file is replaced', async () => {
    const entry = join(folder, 'main.cjs')
    replace(entry, program('one'))
    const first = nextWord()
    run(entry)
    expect(await first).toBe('one')
    for (const word of ['two', 'three', 'four']) {
      const next = nextWord()
      replace(entry, program(word))
      expect(await next).toBe(word)
    }
  })

  it('sees files in folders that were not there at the start', async () => {
    const entry = join(folder, 'main.cjs')
    replace(entry, program('one'))
    const first = nextWord()
    run(entry)
    await first
    const afterFolder = nextWord()
    mkdirSync(join(folder, 'deep'))
    await afterFolder
    const afterFile = nextWord()
    replace(join(folder, 'deep', 'rule.cjs'), '')
    expect(await afterFile).toBe('one')
  })

  it('starts a program again that ended by itself, changed or not', async () => {
    const entry = join(folder, 'main.cjs')
    replace(entry, program('one', 'setTimeout(()=>process.exit(3),50)'))
    const first = nextWord()
    run(entry, 10)
    await first
    await nextWord()
    expect(said).toContain('ended with 3; started again after a change or in 10 ms')
  })

  it('passes a signal on when it is closed and gives the exit code', async () => {
    const entry = join(folder, 'main.cjs')
    replace(entry, program('one'))
    const first = nextWord()
    run(entry)
    await first
    expect(await restarter?.close('SIGTERM')).toBe(7)
  })
})
