import type { Cluster } from './cluster.ts'

interface Container {
  readonly name: string
  readonly securityContext?: object
}

interface Template {
  readonly metadata: { readonly labels?: object }
  readonly spec: { readonly containers: readonly Container[] }
}

const probes = { startupProbe: undefined, livenessProbe: undefined, readinessProbe: undefined }

const asDev = (container: Container, image: string) => ({
  ...{ ...container, ...probes, image, command: undefined, args: undefined },
  securityContext: { ...container.securityContext, readOnlyRootFilesystem: false },
})

/** Runs a pod like those of a deployment, but with an image of target `dev`, whose sources can be written. Returns its name. */
export const runDevPod = async (
  cluster: Cluster,
  options: { readonly deployment: string; readonly image: string },
): Promise<string> => {
  const name = `${options.deployment}-dev`
  const text = await cluster.kubectl('get', 'deployment', options.deployment, '--output', 'json')
  const deployment: { readonly spec: { readonly template: Template } } = JSON.parse(text)
  const { metadata, spec } = deployment.spec.template
  const containers = spec.containers.map((one) => asDev(one, options.image))
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: metadata.labels },
    spec: { ...spec, containers, terminationGracePeriodSeconds: 5 },
  }
  await cluster.kubectlWith({ input: JSON.stringify(pod) }, 'apply', '--filename', '-')
  await cluster.kubectl('wait', `pod/${name}`, '--for=condition=Ready', '--timeout=60s')
  return name
}
