import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { secretsIn } from './secrets.ts'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

// Put together here, so that this file holds none of them itself.
const samples: Readonly<Record<string, string>> = {
  'a private key': `-----BEGIN ${'PRIVATE'} KEY-----MIIEv`,
  'a key of AWS': `id = ${'AKIA'}${'Z7Q4'.repeat(4)}`,
  'a key of Google': `AI${'za'}${'x'.repeat(35)}`,
  'a token of GitHub': `gh${'p_'}${'a1'.repeat(18)}`,
  'a token of npm': `npm${'_'}${'b2'.repeat(18)}`,
  'a token of Slack': `xo${'xb-'}${'1234567890'.repeat(3)}`,
  'a key of NewsData': `pub${'_'}${'0a'.repeat(20)}`,
  'a signed token': ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'q'.repeat(43)].join(
    '.',
  ),
  'a password in an address': `redis://flux:${'Ge7heim1'}@valkey:6379`,
  'a value with the name of a secret': `apiKey: '${'k3Jq9ZpL0vXw'}${'8mRt'}'`,
}

describe('secrets', () => {
  it.each(Object.entries(samples))('are known by their form: %s', (kind, text) => {
    expect(secretsIn(`first\n${text}`)).toContainEqual({ line: 2, kind })
  })

  it.each([
    "password: 'the-one-of-the-demo'",
    "token: 'AAAAAAAAAAAAAAAA1'",
    `url: 'redis://flux:\${password}@valkey:6379'`,
    'integrity: "sha512-k3Jq9ZpL0vXw8mRtk3Jq9ZpL0vXw8mRt"',
  ])('are not seen where there are none: %s', (text) => {
    expect(secretsIn(text)).toEqual([])
  })

  it('are in no file of the repository', () => {
    const files = execFileSync('git', ['ls-files', '-z'], { cwd: repository, encoding: 'utf8' })
    const found = files
      .split('\0')
      .filter(
        (path) =>
          path !== '' && statSync(join(repository, path), { throwIfNoEntry: false })?.isFile(),
      )
      .flatMap((path) =>
        secretsIn(readFileSync(join(repository, path), 'utf8')).map(
          ({ line, kind }) => `${path}:${line}: ${kind}`,
        ),
      )
    expect(found).toEqual([])
  })
})
