import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheFolder, installOnce } from './install.ts'

let folder = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'flux-install-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('installOnce', () => {
  it('builds once for all who ask at the same time', async () => {
    let builds = 0
    const build = async (target: string) => {
      builds += 1
      await writeFile(join(target, 'jar'), 'content')
    }
    const target = join(folder, 'kafka')
    await Promise.all([1, 2, 3, 4].map(() => installOnce(target, build)))
    expect(builds).toBe(1)
    expect(await readFile(join(target, 'jar'), 'utf8')).toBe('content')
  })

  it('leaves nothing behind when building fails, and builds again the next time', async () => {
    const target = join(folder, 'kafka')
    const fail = async (part: string) => {
      await writeFile(join(part, 'half'), '')
      throw new Error('interrupted')
    }
    await expect(installOnce(target, fail)).rejects.toThrow('interrupted')
    expect(await readdir(folder)).toEqual([])
    await installOnce(target, async () => undefined)
    expect(existsSync(target)).toBe(true)
  })

  it('takes over from an installer that was killed, and removes what it left', async () => {
    const target = join(folder, 'kafka')
    await writeFile(`${target}.lock`, '999999999')
    await mkdir(`${target}.part-abc`)
    await installOnce(target, async (part) => writeFile(join(part, 'jar'), ''))
    expect(await readdir(folder)).toEqual(['kafka'])
  })
})

describe('cacheFolder', () => {
  it('follows XDG_CACHE_HOME', () => {
    expect(cacheFolder({ XDG_CACHE_HOME: '/var/cache/me' })).toBe('/var/cache/me/flux')
  })
})
