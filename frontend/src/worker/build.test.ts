import { describe, expect, it } from 'vitest'
import { type BuiltFiles, buildOf, withVersion, workerScript } from './build.ts'

const files = (fields: Partial<BuiltFiles> = {}): BuiltFiles => ({
  html: '<head></head>',
  hashed: ['assets/index-1.js', 'assets/inter-latin-1.woff2', 'assets/inter-cyrillic-ext-1.woff2'],
  open: new Map([
    ['theme.js', 'theme'],
    ['config.json', '{}'],
  ]),
  ...fields,
})

describe('the list of what a worker keeps', () => {
  it('has the files of the build, without settings and alphabets that the page has no words in', () => {
    expect(buildOf(files()).files).toEqual([
      '/assets/index-1.js',
      '/assets/inter-latin-1.woff2',
      '/theme.js',
    ])
  })

  it('has another version when the page, a name or a public file has changed, and only then', () => {
    const { version } = buildOf(files())
    expect(buildOf(files({ hashed: files().hashed.toReversed() })).version).toBe(version)
    const settings = new Map([...files().open, ['config.json', '{"pictures":false}'] as const])
    expect(buildOf(files({ open: settings })).version).toBe(version)
    for (const other of [
      files({ html: '<head><title>Flux</title></head>' }),
      files({ hashed: ['assets/index-2.js'] }),
      files({ open: new Map([['theme.js', 'other']]) }),
    ])
      expect(buildOf(other).version).not.toBe(version)
  })

  it('stands in a script of one file that a browser runs as it is', async () => {
    const script = await workerScript({ version: 'v2', files: ['/theme.js'] })
    expect(script).toMatch(/files:\[.\/theme\.js.\]/)
    expect(script).not.toMatch(/\b(import|export)\b|fluxBuild/)
  })

  it('has its version on the page', () => {
    expect(withVersion('<head>\n  </head>', 'v2')).toContain('<meta name="flux-build" content="v2"')
  })
})
