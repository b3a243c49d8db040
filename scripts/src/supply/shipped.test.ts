import { describe, expect, it } from 'vitest'
import type { Lock } from '../complete-lock.ts'
import { deployables, readAllowedScripts, readLock } from './lock-file.ts'
import { installScripts, licenceFaults, shippedBy } from './shipped.ts'

const lock: Lock = {
  packages: {
    bff: { dependencies: { '@flux/runtime': '*', b: '1' } },
    'packages/runtime': { dependencies: { a: '1' } },
    'node_modules/@flux/runtime': { link: true, resolved: 'packages/runtime' },
    'node_modules/a': { version: '1.0.0', license: 'MIT', dependencies: { c: '1' } },
    'node_modules/a/node_modules/c': { version: '1.1.0', license: 'GPL-3.0-only' },
    'node_modules/b': { version: '1.2.0', license: 'ISC', hasInstallScript: true },
    'node_modules/c': { version: '2.0.0', license: 'MIT' },
    'node_modules/d': { version: '3.0.0', license: 'GPL-3.0-only' },
  },
}

describe('what is shipped', () => {
  const shipped = shippedBy(lock, ['bff'])

  it('is what a deployable needs, by way of our packages and of others', () => {
    expect(shipped.map(({ name, version, direct }) => [name, version, direct])).toEqual([
      ['a', '1.0.0', true],
      ['b', '1.2.0', true],
      ['c', '1.1.0', false],
    ])
  })

  it('is refused under a licence that asks for more than its text', () => {
    expect(licenceFaults(shipped)).toEqual(['c@1.1.0: GPL-3.0-only'])
    expect(installScripts(lock)).toEqual(['b'])
  })
})

describe('the repository', () => {
  const own = readLock()

  it('ships with permissive licences alone', () => {
    const shipped = shippedBy(own, deployables(own))
    expect(shipped.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['kafkajs', 'socket.io', 'react', 'ws', 'city-timezones']),
    )
    expect(licenceFaults(shipped)).toEqual([])
  })

  it('lets no package run anything at its installation but the pinned Node', () => {
    const allowed = readAllowedScripts()
    expect(installScripts(own).toSorted()).toEqual(Object.keys(allowed).toSorted())
    expect(Object.keys(allowed).filter((name) => allowed[name])).toEqual(['node'])
  })
})
