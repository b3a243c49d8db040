import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const repository = fileURLToPath(new URL('../../../', import.meta.url))

const pages = [
  ...readdirSync(repository).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(repository, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
]

/** What a page leads to within the repository, without the place on the page. */
const linksOf = (page: string): readonly string[] =>
  [...readFileSync(join(repository, page), 'utf8').matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.replace(/#.*/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))

describe('documents', () => {
  it('lead only to what is there', () => {
    const broken = pages.flatMap((page) =>
      linksOf(page)
        .filter((target) => !existsSync(join(repository, dirname(page), target)))
        .map((target) => `${page}: ${target}`),
    )
    expect(broken).toEqual([])
  })

  it('can each be reached from the README', () => {
    const reached = new Set(['README.md'])
    for (const page of reached)
      for (const target of linksOf(page)) {
        const path = join(dirname(page), target)
        if (path.endsWith('.md') && existsSync(join(repository, path))) reached.add(path)
      }
    expect(pages.filter((page) => !reached.has(page))).toEqual([])
  })
})
