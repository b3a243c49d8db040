import { fileURLToPath } from 'node:url'
import { type ChartName, type RenderOptions, renderText } from './helm.ts'
import { parseResources, type Resource } from './resource.ts'

/** Who may run Kafka. */
export const providers = ['strimzi', 'standalone', 'external'] as const

/** One of them. */
export type Provider = (typeof providers)[number]

// Sets of values that the charts have to hold for.
const valueSets = ['default', 'dev', 'prod', 'minimal', 'all-on'] as const

/** One of them. */
export type ValueSet = (typeof valueSets)[number]

// The oldest Kubernetes that the charts take, and the newest there is.
const kubeVersions = ['1.30.0', '1.36.0'] as const

const testValues = (chart: ChartName, set: ValueSet): string =>
  fileURLToPath(new URL(`../test/values/${chart}-${set}.yaml`, import.meta.url))

// Values files of a set.
const filesOf = (chart: ChartName, set: ValueSet): readonly string[] => {
  if (set === 'default') return []
  return set === 'dev' || set === 'prod' ? [`values-${set}.yaml`] : [testValues(chart, set)]
}

const providerSettings: Readonly<Record<Provider, readonly string[]>> = {
  strimzi: ['kafka.provider=strimzi'],
  standalone: ['kafka.provider=standalone'],
  external: ['kafka.provider=external', 'kafka.external.bootstrapServers={kafka.example.org:9093}'],
}

/** How the infrastructure is rendered with a set of values. */
export const infraOptions = (set: ValueSet, provider: Provider): RenderOptions => ({
  chart: 'flux-infra',
  values: filesOf('flux-infra', set),
  set: providerSettings[provider],
})

/** How the applications are rendered with a set of values. */
export const fluxOptions = (set: ValueSet): RenderOptions => ({
  chart: 'flux',
  values: filesOf('flux', set),
})

/** How the observers are rendered; they have no sets of values. */
export const observeOptions: RenderOptions = { chart: 'flux-observe' }

/** One render of the matrix: a chart, its values, Helm's and Kubernetes' version. */
interface Variant {
  readonly name: string
  readonly chart: ChartName
  readonly options: RenderOptions
}

const options = (set: ValueSet): readonly (readonly [string, RenderOptions])[] => [
  [`flux ${set}`, fluxOptions(set)],
  ['flux-observe', observeOptions],
  ...providers.map(
    (provider) => [`flux-infra ${set} ${provider}`, infraOptions(set, provider)] as const,
  ),
]

const variantsOf = (set: ValueSet, helm: 3 | 4, kubeVersion: string): readonly Variant[] =>
  options(set).map(([name, rendered]) => ({
    name: `${name}, Helm ${helm}, Kubernetes ${kubeVersion}`,
    chart: rendered.chart,
    options: { ...rendered, helm, kubeVersion },
  }))

/** The whole matrix: every set of values with Helm 4 on both Kubernetes, the usual ones with Helm 3. */
const variants: readonly Variant[] = [
  ...valueSets.flatMap((set) => kubeVersions.flatMap((kube) => variantsOf(set, 4, kube))),
  ...(['default', 'prod'] as const).flatMap((set) => variantsOf(set, 3, kubeVersions[1])),
]

/** A variant with the objects it renders to. */
export interface Rendered extends Variant {
  readonly resources: readonly Resource[]
}

/** Different renders of the matrix; variants that come out alike count once. Throws ProgramError with Helm's message. */
export const distinctRenders = async (): Promise<readonly Rendered[]> => {
  const texts = await Promise.all(
    variants.map(async (variant) => [await renderText(variant.options), variant] as const),
  )
  // The last of those that are alike stands for them.
  return [...new Map(texts)].map(([text, variant]) => ({
    ...variant,
    resources: parseResources(text),
  }))
}
