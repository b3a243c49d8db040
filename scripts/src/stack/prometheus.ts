import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Children } from './children.ts'
import { createPart, type Part } from './part.ts'
import { choosePort } from './ports.ts'
import { installPrometheus } from './prometheus-install.ts'
import { httpOk } from './wait.ts'

export { installPrometheus, type PrometheusPrograms } from './prometheus-install.ts'

/** A process to be scraped. */
export interface Target {
  /** What it is, as in Kubernetes: `bff`, `crypto-service`. */
  readonly job: string
  /** Which one of them. */
  readonly replica: string
  /** Address of its internal port. */
  readonly internalUrl: string
}

/** What a Prometheus looks at. */
export interface PrometheusOptions {
  readonly children: Children
  readonly targets: readonly Target[]
  /** Files with recording rules and alerts. */
  readonly ruleFiles: readonly string[]
  /** Time between two scrapes and two evaluations; 5 s by default. */
  readonly everySeconds?: number
  /** Address it is served at; a free port by default. */
  readonly port?: number | undefined
}

/** The settings file. JSON is YAML. Every series has the labels that it has in a cluster. */
const settingsOf = ({ targets, ruleFiles, everySeconds = 5 }: PrometheusOptions): string =>
  JSON.stringify(
    {
      global: {
        scrape_interval: `${everySeconds}s`,
        evaluation_interval: `${everySeconds}s`,
        external_labels: { cluster: 'local' },
      },
      rule_files: ruleFiles,
      scrape_configs: [...Map.groupBy(targets, ({ job }) => job)].map(([job, own]) => ({
        job_name: job,
        static_configs: own.map(({ internalUrl, replica }) => ({
          targets: [new URL(internalUrl).host],
          labels: { namespace: 'local', pod: replica },
        })),
      })),
    },
    null,
    2,
  )

/**
 * Starts a Prometheus on this machine's loopback that keeps its data among the temporary files of `children`. Throws
 * StackError `prometheus_missing`, `port_in_use`, `part_failed`.
 */
export const startPrometheus = async (options: PrometheusOptions): Promise<Part> => {
  const { children } = options
  const [{ prometheus }, port] = await Promise.all([
    installPrometheus(),
    choosePort(options.port, 'prometheus', 'PROMETHEUS_PORT'),
  ])
  const folder = join(children.folder, 'prometheus')
  await mkdir(folder, { recursive: true })
  const settings = join(folder, 'prometheus.json')
  await writeFile(settings, settingsOf(options))
  const url = `http://127.0.0.1:${port}`
  const part = createPart(children, {
    name: 'prometheus',
    url,
    command: () => ({
      command: prometheus,
      args: [
        `--config.file=${settings}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--enable-feature=exemplar-storage',
        '--log.level=warn',
      ],
    }),
    ready: () => httpOk(`${url}/-/ready`),
  })
  await part.start()
  return part
}
