import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pageIsStale } from './page.ts'

let root = ''

const put = async (path: string, seconds: number) => {
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, '')
  await utimes(file, seconds, seconds)
}

const touchFolders = async (seconds: number) => {
  for (const folder of ['frontend/src', 'packages/client/src', 'packages/contracts/src']) {
    await utimes(join(root, folder), seconds, seconds)
  }
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'flux-page-'))
  await put('package-lock.json', 100)
  await put('frontend/package.json', 100)
  await put('frontend/src/main.tsx', 100)
  await put('packages/client/src/index.ts', 100)
  await put('packages/contracts/src/index.ts', 100)
  await touchFolders(100)
})

afterEach(() => rm(root, { recursive: true }))

it('builds the page when there is none, and not again when nothing has changed', async () => {
  expect(pageIsStale(root)).toBe(true)
  await put('frontend/dist/index.html', 200)
  expect(pageIsStale(root)).toBe(false)
})

it.each(['frontend/src/main.tsx', 'packages/contracts/src/index.ts', 'package-lock.json'])(
  'builds the page again when %s is newer',
  async (path) => {
    await put('frontend/dist/index.html', 200)
    await put(path, 300)
    await touchFolders(100)
    expect(pageIsStale(root)).toBe(true)
  },
)

it('builds the page again when a file has gone', async () => {
  await put('frontend/dist/index.html', 200)
  await touchFolders(300)
  expect(pageIsStale(root)).toBe(true)
})
