import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Cluster } from '../src/cluster/cluster.ts'
import { attempt, run, say } from '../src/cluster/run.ts'

/** The commands of the first block of a section, as they stand. */
const commandsOf = (text: string, section: string): string => {
  const from = text.indexOf(`\n## ${section}\n`)
  const [, block] = /```sh\n([\s\S]*?)```/.exec(text.slice(from)) ?? []
  if (from < 0 || !block) throw new Error(`docs/install.md has no commands under ${section}`)
  return block
}

/** The indented blocks of a text. */
const indented = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^ {4}.*\n)+/gm)].map(([block]) => block.replaceAll(/^ {4}/gm, ''))

const withoutOperator = (commands: string) =>
  commands
    .split('\n')
    .filter((line) => !line.includes('# Strimzi only'))
    .join('\n')

/** What docs/install.md says, typed by somebody new. */
export const documents = (cluster: Cluster) =>
  describe('docs/install.md', () => {
    let folder: string
    let text: string

    /** As in a shell whose current context is the cluster. */
    const type = (commands: string) =>
      attempt('bash', ['-euo', 'pipefail', '-c', commands], {
        env: { KUBECONFIG: join(folder, 'config') },
        signal: AbortSignal.timeout(480_000),
      })

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'flux-documents-'))
      text = await readFile(new URL('../../docs/install.md', import.meta.url), 'utf8')
      const config = await run('kubectl', [
        ...['config', 'view', '--raw', '--minify', '--flatten', '--context', cluster.context],
      ])
      await writeFile(join(folder, 'config'), config, { mode: 0o600 })
      await cluster.kubectl('delete', 'namespace', cluster.namespace, '--ignore-not-found')
    })
    afterAll(() => rm(folder, { recursive: true, force: true }))

    it('installs Flux without an operator by its own commands, tested by helm test', async () => {
      const start = performance.now()
      const { code, stdout, stderr } = await type(commandsOf(text, 'Without an operator'))
      say(`installed and tested in ${Math.round((performance.now() - start) / 1_000)} s`)
      expect(code, stderr).toBe(0)
      expect(stdout.match(/Phase: +Succeeded/g)).toHaveLength(2)
    })

    it('takes it out again by its own commands', async () => {
      const { code, stderr } = await type(withoutOperator(commandsOf(text, 'Uninstall')))
      expect(code, stderr).toBe(0)
      const left = await cluster.kubectl(
        'get',
        'deployment,statefulset,service,secret',
        '-o',
        'name',
      )
      expect(left).toBe('')
      await cluster.kubectl('delete', 'namespace', cluster.namespace)
    })

    it('is installed as well by the commands of k8s/README.md, without Helm', async () => {
      const readme = await readFile(new URL('../../k8s/README.md', import.meta.url), 'utf8')
      const commands = indented(readme).find((block) => block.startsWith('kubectl apply -k'))
      const { code, stdout, stderr } = await type(commands ?? 'exit 1')
      expect(code, stderr).toBe(0)
      expect(stdout).toContain('successfully rolled out')
      await cluster.kubectl('delete', 'namespace', cluster.namespace)
    })
  })
