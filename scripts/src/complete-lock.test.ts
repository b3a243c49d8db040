import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { completeLock, platformIn } from './complete-lock.ts'

describe('platformIn', () => {
  it.each([
    ['@a/cli-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@a/binding-linux-arm-gnueabihf', { os: ['linux'], cpu: ['arm'], libc: ['glibc'] }],
    ['@a/binding-win32-arm64-msvc', { os: ['win32'], cpu: ['arm64'] }],
    ['@a/oxide-wasm32-wasi', { cpu: ['wasm32'] }],
    ['bufferutil', {}],
  ])('reads %s', (name, platform) => {
    expect(platformIn(name)).toEqual(platform)
  })
})

describe('completeLock', () => {
  const packages = {
    '': {},
    'node_modules/tool': {
      version: '1.0.0',
      dev: true,
      optionalDependencies: {
        '@t/linux-x64': '1.0.0',
        '@t/darwin-arm64': '1.0.0',
        extra: '^2.0.0',
      },
    },
    'node_modules/@t/linux-x64': { version: '1.0.0', dev: true, optional: true },
  }

  it('adds the platforms that are missing and leaves the rest as it is', () => {
    const { lock, added } = completeLock({ packages })
    expect(added).toEqual(['@t/darwin-arm64'])
    expect(lock.packages).toEqual({
      ...packages,
      'node_modules/@t/darwin-arm64': {
        version: '1.0.0',
        cpu: ['arm64'],
        os: ['darwin'],
        dev: true,
        optional: true,
      },
    })
  })

  it('finds packages that stand inside the one that needs them', () => {
    const nested = {
      'node_modules/a/node_modules/tool': { optionalDependencies: { 't-linux-x64': '1.0.0' } },
      'node_modules/a/node_modules/t-linux-x64': { version: '1.0.0' },
    }
    expect(completeLock({ packages: nested }).added).toEqual([])
  })
})

it("keeps the repository's lock file complete (else: npm run lock)", () => {
  const file = new URL('../../package-lock.json', import.meta.url)
  const { added } = completeLock(JSON.parse(readFileSync(file, 'utf8')))
  expect(added).toEqual([])
})
